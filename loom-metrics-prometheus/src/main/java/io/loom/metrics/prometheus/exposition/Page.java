package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.family.Labels;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A buffer in front of an output stream. One for each scrape; not thread-safe. Whatever the size of the page, it allocates its
 * buffer and nothing else, unless a single line is longer than that.
 *
 * <p>Room is asked for once a line, by {@link #reserve}; what is put then is not checked again.
 */
final class Page {
    private static final int SIZE = 16 * 1024;

    private final OutputStream out;
    private byte[] buffer = new byte[SIZE];
    private int position;

    Page(OutputStream out) {
        this.out = out;
    }

    int position() {
        return position;
    }

    /** {@return whether {@code length} more bytes fit without flushing} */
    boolean hasRoom(int length) {
        return buffer.length - position >= length;
    }

    /** Makes room for {@code length} bytes; what was put before may be gone from the buffer. */
    void reserve(int length) throws IOException {
        if (!hasRoom(length)) {
            flush();
            if (length > buffer.length) {
                buffer = new byte[length];
            }
        }
    }

    void put(byte[] bytes) {
        put(bytes, bytes.length);
    }

    /** Puts the first bytes. */
    void put(byte[] bytes, int length) {
        System.arraycopy(bytes, 0, buffer, position, length);
        position += length;
    }

    /** Puts labels, and a brace and a space after them. */
    void putClosed(Labels labels) {
        position = labels.copyClosedTo(buffer, position);
    }

    /** Puts the first line start of the labels' family, and labels. */
    void putLine(Labels labels) {
        position = labels.copyLineTo(buffer, position);
    }

    /** Puts the first line start of the labels' family, labels, and a brace and a space after them. */
    void putClosedLine(Labels labels) {
        position = labels.copyClosedLineTo(buffer, position);
    }

    /** Puts characters of ASCII. */
    void put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    void put(char ascii) {
        buffer[position++] = (byte) ascii;
    }

    /** Takes {@link DoubleText#MAX_LENGTH} bytes of room. */
    void put(long value) {
        position = DoubleText.write(value, buffer, position);
    }

    /** Takes {@link DoubleText#MAX_LENGTH} bytes of room. */
    void put(double value) {
        position = DoubleText.write(value, buffer, position);
    }

    /** Takes {@link DoubleText#MAX_LENGTH} bytes of room. */
    void putNanosAsSeconds(long nanos) {
        position = DoubleText.writeNanosAsSeconds(nanos, buffer, position);
    }

    /** Puts bytes again that are in the buffer still. */
    void putAgain(int from, int length) {
        System.arraycopy(buffer, from, buffer, position, length);
        position += length;
    }

    /** Takes the line feed back that was put last. */
    void openLine() {
        position--;
    }

    /** Sends what is buffered on; the stream itself is not flushed. A stream that fails must not look like a meter that does. */
    void flush() throws IOException {
        try {
            out.write(buffer, 0, position);
        } catch (RuntimeException e) {
            throw new IOException("the page's stream failed", e);
        }
        position = 0;
    }
}
