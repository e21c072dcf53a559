package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The encoded labels of the series that a walk has come to, without braces: {@code method="GET",status="200"}. One for each
 * walk; not thread-safe, and only good until the walk goes on.
 *
 * <p>They lie where most lines want them, so that a line begins with one copy:
 *
 * <pre>
 *   http_requests_total{ | method="GET",status="200" | }␣
 *   the line start         the labels
 * </pre>
 */
public final class Labels {
    private static final int INITIAL_ROOM = 256;

    /** What closes them before a value. */
    private static final int END = 2;

    private byte[] text = new byte[INITIAL_ROOM];
    private int start;
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
        return copy(start, length, target, at);
    }

    /**
     * Copies the bytes, and a brace and a space after them.
     *
     * @return the position after the space
     */
    public int copyClosedTo(byte[] target, int at) {
        return copy(start, length + END, target, at);
    }

    /**
     * Copies the first of the family's line starts, and the bytes.
     *
     * @return the position after the last of them
     */
    public int copyLineTo(byte[] target, int at) {
        return copy(0, start + length, target, at);
    }

    /**
     * Copies the first of the family's line starts, the bytes, and a brace and a space after them.
     *
     * @return the position after the space
     */
    public int copyClosedLineTo(byte[] target, int at) {
        return copy(0, start + length + END, target, at);
    }

    @Override
    public String toString() {
        return new String(text, start, length, StandardCharsets.UTF_8);
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(text, start, start + length);
    }

    /** {@return their order, which is that of their bytes without sign} */
    int compareTo(byte[] other) {
        return compare(other, 0, other.length);
    }

    /** Begins with a family, whose lines start so; there are no labels yet. */
    void begin(byte[] lineStart) {
        start = lineStart.length;
        length = 0;
        makeRoom(start);
        System.arraycopy(lineStart, 0, text, 0, start);
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
        int end = start + kept + count;
        makeRoom(end);
        System.arraycopy(coded, at, text, start + kept, count);
        at += count;
        length = kept + count;
        text[end] = '}';
        text[end + 1] = ' ';
    }

    /** {@return whether all of a leaf come after these, in the order of their bytes without sign} It must have some. */
    boolean comeBefore(byte[] others) {
        enter(others);
        number(); // the first keeps nothing
        int count = number();
        return compare(others, at, at + count) < 0;
    }

    private int compare(byte[] other, int from, int to) {
        return Arrays.compareUnsigned(text, start, start + length, other, from, to);
    }

    private void makeRoom(int end) {
        if (end + END > text.length) {
            text = Arrays.copyOf(text, 2 * (end + END));
        }
    }

    private int copy(int from, int size, byte[] target, int to) {
        System.arraycopy(text, from, target, to, size);
        return to + size;
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
