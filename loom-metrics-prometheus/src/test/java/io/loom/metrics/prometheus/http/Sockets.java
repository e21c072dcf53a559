package io.loom.metrics.prometheus.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/1.0 over bare sockets: it leaves neither threads nor connections behind, and shows what is really on the wire. */
final class Sockets {
    private static final int PATIENCE_MILLIS = 30_000;

    private Sockets() {}

    /** {@return all that the server answers to a request without body, head included} */
    static String request(int port, String method, String path) throws IOException {
        try (Socket socket = connect(port)) {
            send(socket, method + ' ' + path + " HTTP/1.0\r\n\r\n");
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
