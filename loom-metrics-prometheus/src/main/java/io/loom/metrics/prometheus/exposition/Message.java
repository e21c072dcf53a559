package io.loom.metrics.prometheus.exposition;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The fields of a protobuf message, in a buffer that grows and is used again and again. A message inside another is built apart
 * and copied, so that its length is known. Not thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf's encoding</a>
 */
final class Message {
    private static final int SIZE = 512;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 1 << VARINT_BITS;
    private static final int MAX_VARINT = 10;
    private static final int TYPE_BITS = 3;

    private byte[] bytes = new byte[SIZE];
    private int length;

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void clear() {
        length = 0;
    }

    /** Keeps the first bytes only. */
    void truncate(int kept) {
        length = kept;
    }

    /** Adds a field of an unsigned number, or of an enum. */
    void uint(int field, long value) {
        reserve(2 * MAX_VARINT);
        tag(field, VARINT);
        varint(value);
    }

    /** Adds a field of a number with sign, small where its absolute value is. */
    void sint(int field, long value) {
        uint(field, (value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Adds a field of a double. */
    void number(int field, double value) {
        reserve(MAX_VARINT + Long.BYTES);
        tag(field, FIXED64);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[length++] = (byte) (bits >>> (Byte.SIZE * i));
        }
    }

    /** Adds a field of encoded text: the first bytes. */
    void text(int field, byte[] utf8, int count) {
        reserve(2 * MAX_VARINT + count);
        tag(field, LENGTH_DELIMITED);
        varint(count);
        System.arraycopy(utf8, 0, bytes, length, count);
        length += count;
    }

    /** Adds a field of text that is all ASCII. */
    void ascii(int field, String text) {
        int count = text.length();
        reserve(2 * MAX_VARINT + count);
        tag(field, LENGTH_DELIMITED);
        varint(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Adds a field of a message, or of text that was put there byte by byte. */
    void message(int field, Message nested) {
        text(field, nested.bytes, nested.length);
    }

    /** Adds a message without a field around it, behind its length. */
    void delimited(Message message) {
        reserve(MAX_VARINT + message.length);
        varint(message.length);
        System.arraycopy(message.bytes, 0, bytes, length, message.length);
        length += message.length;
    }

    /** Adds a byte as it is. */
    void raw(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void tag(int field, int type) {
        varint(((long) field << TYPE_BITS) | type);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & -VARINT_MORE) != 0) {
            bytes[length++] = (byte) (rest | VARINT_MORE);
            rest >>>= VARINT_BITS;
        }
        bytes[length++] = (byte) rest;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
