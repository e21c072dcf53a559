package io.loom.metrics.prometheus.exposition;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A buffer in front of an output stream. One for each scrape; not thread-safe. Whatever the size of the page, it allocates its
 * buffer and nothing else.
 */
final class Page {
    private static final int SIZE = 16 * 1024;

    private final byte[] buffer = new byte[SIZE];
    private final OutputStream out;
    private int position;

    Page(OutputStream out) {
        this.out = out;
    }

    int position() {
        return position;
    }

    /** {@return whether {@code length} more bytes fit without flushing} */
    boolean hasRoom(int length) {
        return SIZE - position >= length;
    }

    void put(byte[] bytes) throws IOException {
        if (bytes.length > SIZE) {
            flush();
            send(bytes, bytes.length);
            return;
        }
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, position, bytes.length);
        position += bytes.length;
    }

    void put(char ascii) throws IOException {
        reserve(1);
        buffer[position++] = (byte) ascii;
    }

    void put(long value) throws IOException {
        reserve(DoubleText.MAX_LENGTH);
        position = DoubleText.write(value, buffer, position);
    }

    void put(double value) throws IOException {
        reserve(DoubleText.MAX_LENGTH);
        position = DoubleText.write(value, buffer, position);
    }

    void putNanosAsSeconds(long nanos) throws IOException {
        reserve(DoubleText.MAX_LENGTH);
        position = DoubleText.writeNanosAsSeconds(nanos, buffer, position);
    }

    /** Flushes where {@code length} more bytes do not fit; {@return whether they do now} */
    boolean makeRoom(int length) throws IOException {
        reserve(length);
        return hasRoom(length);
    }

    /** Puts bytes again that are in the buffer still; the caller has seen to the room. */
    void putAgain(int from, int length) {
        System.arraycopy(buffer, from, buffer, position, length);
        position += length;
    }

    /** Sends what is buffered on; the stream itself is not flushed. */
    void flush() throws IOException {
        send(buffer, position);
        position = 0;
    }

    /** A stream that fails in an unexpected way must not look like a meter that does, which costs its own line only. */
    private void send(byte[] bytes, int length) throws IOException {
        try {
            out.write(bytes, 0, length);
        } catch (RuntimeException e) {
            throw new IOException("the page's stream failed", e);
        }
    }

    private void reserve(int length) throws IOException {
        if (!hasRoom(length)) {
            flush();
        }
    }
}
