package io.loom.metrics.binder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A client that does not wait for the end of its answer. */
final class RawClient {
    private static final byte[] PAGE = new byte[1 << 16];

    private RawClient() {}

    /** Asks, waits for the first byte of the answer, and resets the connection. */
    static void getAndHangUp(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
            if (socket.getInputStream().read() < 0) {
                throw new IOException("no answer to " + path);
            }
            socket.setSoLinger(true, 0);
        }
    }

    /** Sends half of what it has announced, and resets the connection. */
    static void postHalfAndHangUp(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf")
                            .getBytes(US_ASCII));
            socket.setSoLinger(true, 0);
        }
    }

    /** Asks, and reads until the server closes the connection. */
    static void getAndRead(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    /** Writes until nobody reads any more. */
    static void writeForEver(OutputStream body) throws IOException {
        while (true) {
            body.write(PAGE);
            body.flush();
        }
    }
}
