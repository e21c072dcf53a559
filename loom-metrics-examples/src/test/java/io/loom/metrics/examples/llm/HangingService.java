package io.loom.metrics.examples.llm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that begins each answer in the same way, goes no further, and knows which connections its clients keep. */
public final class HangingService implements AutoCloseable {
    private final String beginning;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

    private HangingService(String beginning) throws IOException {
        this.beginning = beginning;
        threads.execute(this::accept);
    }

    /** With a status, headers, and the first bytes of a body. */
    public static HangingService after(int status, String contentType, String bytes) throws IOException {
        return new HangingService("HTTP/1.1 " + status + " Hm\r\nContent-Type: " + contentType
                + "\r\nContent-Length: 1000\r\n\r\n" + bytes);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }

    /** {@return how many answers it began} */
    public int asked() {
        return asked.get();
    }

    /** {@return how many of them the clients have not closed} */
    public int open() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> begin(client));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void begin(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            readRequest(in);
            open.add(client);
            asked.incrementAndGet();
            try {
                client.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
                in.read(); // until the client closes
            } finally {
                open.remove(client);
            }
        } catch (IOException e) {
            return; // closed, too
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client closed before it had asked");
            }
            head.append((char) next);
        }
        int length = head.toString()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
    }
}
