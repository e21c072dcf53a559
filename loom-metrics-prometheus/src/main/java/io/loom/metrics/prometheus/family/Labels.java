package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoded labels of the series that a walk has come to, without braces: {@code method="GET",status="200"}. One for each
 * walk; not thread-safe, and only good until the walk goes on.
 */
public final class Labels {
    private static final int INITIAL_ROOM = 256;

    /** What closes them before a value. */
    private static final int END = 2;

    private byte[] text = new byte[INITIAL_ROOM];
    private int length;
    private byte[] coded = {};
    private int at;

    /** {@return the number of bytes} */
    public int length() {
        return length;
    }

    /** {@return whether the series has none} */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * Copies the bytes.
     *
     * @return the position after the last of them
     */
    public int copyTo(byte[] target, int at) {
        System.arraycopy(text, 0, target, at, length);
        return at + length;
    }

    /**
     * Copies the bytes, and a brace and a space after them.
     *
     * @return the position after the space
     */
    public int copyClosedTo(byte[] target, int at) {
        System.arraycopy(text, 0, target, at, length + END);
        return at + length + END;
    }

    @Override
    public String toString() {
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    byte[] toBytes() {
        return Arrays.copyOf(text, length);
    }

    /** Enters the labels of a leaf; those that the walk has come to stay. */
    void enter(byte[] newCoded) {
        coded = newCoded;
        at = 0;
    }

    /** Moves on to the next of a leaf. */
    void next() {
        int kept = number();
        int count = number();
        if (kept + count + END > text.length) {
            text = Arrays.copyOf(text, 2 * (kept + count + END));
        }
        System.arraycopy(coded, at, text, kept, count);
        at += count;
        length = kept + count;
        text[length] = '}';
        text[length + 1] = ' ';
    }

    /** {@return whether all of a leaf come after these, in the order of their bytes without sign} It must have some. */
    boolean comeBefore(byte[] others) {
        enter(others);
        number(); // the first keeps nothing
        int count = number();
        return Arrays.compareUnsigned(text, 0, length, others, at, at + count) < 0;
    }

    private int number() {
        int number = coded[at];
        if (number < 0) {
            number = FrontCoding.read(coded, at);
            at += FrontCoding.length(number);
        } else {
            at++; // nearly all
        }
        return number;
    }
}
