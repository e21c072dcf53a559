package io.loom.metrics.prometheus.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** An answer as it was on the wire, to a request of HTTP/1.0, after which the server closes. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Wire(int status, Map<String, String> headers, byte[] body) {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** {@return what a server answers} */
    static Wire send(int port, String method, String target, String... headers) throws IOException {
        try (Socket socket = Sockets.connect(port)) {
            return send(socket, method, target, headers);
        }
    }

    static Wire send(Socket socket, String method, String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + ' ' + target + " HTTP/1.0\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        Sockets.send(socket, request + "\r\n");
        return parse(socket.getInputStream().readAllBytes());
    }

    /** {@return the answer with these bytes} */
    static Wire parse(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = latin.indexOf(END_OF_HEAD);
        if (end < 0) {
            throw new IllegalArgumentException("no head: \"" + latin + '"');
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String[] lines = latin.substring(0, end).split("\r\n", -1);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            String value = lines[i].substring(colon + 2);
            if (headers.put(lines[i].substring(0, colon), value) != null) {
                throw new IllegalArgumentException("there twice: " + lines[i]);
            }
        }
        byte[] body = latin.substring(end + END_OF_HEAD.length()).getBytes(StandardCharsets.ISO_8859_1);
        return new Wire(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
    }

    String header(String name) {
        return headers.get(name);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String unzipped() throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
