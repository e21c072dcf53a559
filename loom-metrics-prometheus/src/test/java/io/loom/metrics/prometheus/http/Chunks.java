package io.loom.metrics.prometheus.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads an answer that is sent in chunks, and nothing of the next. */
final class Chunks {
    private static final int HEXADECIMAL = 16;

    private Chunks() {}

    /** {@return the body} */
    static byte[] read(InputStream in) throws IOException {
        while (!line(in).isEmpty()) {
            // the head
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(in), HEXADECIMAL);
        while (size > 0) {
            body.write(in.readNBytes(size));
            line(in);
            size = Integer.parseInt(line(in), HEXADECIMAL);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("after \"" + line + '"');
            }
            if (next != '\r') {
                line.write(next);
            }
            next = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
