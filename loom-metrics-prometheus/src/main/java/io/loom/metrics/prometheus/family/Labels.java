package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;

/**
 * The encoded labels of the series that a walk has come to, without braces: {@code method="GET",status="200"}. One for each
 * walk; not thread-safe, and only good until the walk goes on.
 */
public final class Labels {
    private byte[] text = {};
    private int from;
    private int to;

    /** {@return the number of bytes} */
    public int length() {
        return to - from;
    }

    /** {@return whether the series has none} */
    public boolean isEmpty() {
        return from == to;
    }

    /**
     * Copies the bytes.
     *
     * @return the position after the last of them
     */
    public int copyTo(byte[] target, int at) {
        System.arraycopy(text, from, target, at, to - from);
        return at + to - from;
    }

    @Override
    public String toString() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    void point(byte[] newText, int newFrom, int newTo) {
        text = newText;
        from = newFrom;
        to = newTo;
    }
}
