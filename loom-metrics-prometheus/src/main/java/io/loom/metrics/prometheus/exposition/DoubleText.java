package io.loom.metrics.prometheus.exposition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as ASCII decimals, as the Prometheus text formats read them. Stateless, thread-safe and wait-free; nothing is
 * allocated.
 *
 * <p>A double's text has no more digits than it takes to parse back to the same double, and of all such texts it is the closest
 * ({@link ShortestDecimal}). It is plain, {@code 0.00125} or {@code 1500000}, from 10<sup>-7</sup> to below 10<sup>21</sup>, else
 * scientific, {@code 1.5e-8} or {@code 1e21}. Whole numbers have no point, and negative zero keeps its sign. What is not finite
 * reads {@code NaN}, {@code +Inf} or {@code -Inf}.
 *
 * <p>Callers have {@link #MAX_LENGTH} bytes free from the position they pass. Digits are written eight at a time, so that bytes
 * after the returned position may have changed too.
 */
final class DoubleText {
    /** The most bytes that one call touches: {@code -}, 17 digits, the point, {@code e-} and eight bytes for the exponent. */
    static final int MAX_LENGTH = 29;

    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POSITIVE_INFINITY = "+Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGATIVE_INFINITY = "-Inf".getBytes(StandardCharsets.US_ASCII);

    private static final int MIN_PLAIN_EXPONENT = -7;
    private static final int MAX_PLAIN_EXPONENT = 20;

    /** Below this every whole double is a long whose digits are the shortest. */
    private static final double EXACT_WHOLE_LIMIT = 1L << 53;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * Below this a double that is a whole number of billionths has 15 digits at most, so that no other text of as few digits
     * parses back to it: the closest and the shortest are the same.
     */
    private static final double SHORT_LIMIT = 1e6;

    /** Ten to the {@link #MIN_PLAIN_EXPONENT}, in billionths. */
    private static final long MIN_PLAIN_NANOS = 100;

    private static final int MAX_DIGITS = 17;
    private static final long SIXTEEN_DIGITS = 10_000_000_000_000_000L;
    private static final int EIGHT_DIGITS = 100_000_000;
    private static final int FOUR_DIGITS = 10_000;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ASCII_ZEROS = 0x3030_3030_3030_3030L;

    private DoubleText() {}

    /**
     * Writes the shortest decimal text that parses back to {@code value}.
     *
     * @param value any double
     * @param to where the text goes
     * @param at the position of its first byte
     * @return the position after it
     */
    static int write(double value, byte[] to, int at) {
        if (!Double.isFinite(value)) {
            return writeNotFinite(value, to, at);
        }
        int start = Double.doubleToRawLongBits(value) < 0 ? put('-', to, at) : at;
        double magnitude = Math.abs(value);
        if (magnitude < EXACT_WHOLE_LIMIT && magnitude == (long) magnitude) {
            return writeWhole((long) magnitude, to, start);
        }
        if (magnitude < SHORT_LIMIT) {
            long nanos = (long) (magnitude * NANOS_PER_SECOND + 0.5);
            if (nanos >= MIN_PLAIN_NANOS && nanos / (double) NANOS_PER_SECOND == magnitude) {
                return writeNanosAsSeconds(nanos, to, start);
            }
        }
        return writeShortest(Double.doubleToRawLongBits(magnitude), to, start);
    }

    /**
     * Writes a whole number.
     *
     * @param value any long
     * @param to where the text goes
     * @param at the position of its first byte
     * @return the position after it
     */
    static int write(long value, byte[] to, int at) {
        if (value >= 0) {
            return writeWhole(value, to, at);
        }
        int start = put('-', to, at);
        if (value == Long.MIN_VALUE) { // the one whose magnitude is no long: its first digit goes ahead
            return writeWhole(223_372_036_854_775_808L, to, put('9', to, start));
        }
        return writeWhole(-value, to, start);
    }

    /**
     * Writes nanoseconds as seconds, exactly.
     *
     * @param nanos not negative
     * @param to where the text goes
     * @param at the position of its first byte
     * @return the position after it
     */
    static int writeNanosAsSeconds(long nanos, byte[] to, int at) {
        long seconds = nanos / NANOS_PER_SECOND;
        int fraction = (int) (nanos - seconds * NANOS_PER_SECOND);
        int point = writeWhole(seconds, to, at);
        if (fraction == 0) {
            return point;
        }
        int first = fraction / EIGHT_DIGITS;
        long rest = eightDigits(fraction - first * EIGHT_DIGITS);
        to[point] = '.';
        to[point + 1] = (byte) ('0' + first);
        putEight(rest, to, point + 2);
        return point + 2 + Long.BYTES - Long.numberOfLeadingZeros(rest) / Byte.SIZE;
    }

    private static int writeNotFinite(double value, byte[] to, int at) {
        byte[] text = Double.isNaN(value) ? NAN : value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        System.arraycopy(text, 0, to, at, text.length);
        return at + text.length;
    }

    private static int writeWhole(long value, byte[] to, int at) {
        if (value < 10) {
            return put((char) ('0' + value), to, at);
        }
        if (value >= EIGHT_DIGITS) {
            long head = value / EIGHT_DIGITS;
            int end = writeWhole(head, to, at);
            putEight(eightDigits((int) (value - head * EIGHT_DIGITS)), to, end);
            return end + Long.BYTES;
        }
        return value < FOUR_DIGITS
                ? putSignificant(twiceFourDigits(value), Integer.BYTES, to, at)
                : putSignificant(eightDigits((int) value), Long.BYTES, to, at);
    }

    /** Puts so many digits, not all of them 0, without zeros ahead. */
    private static int putSignificant(long digits, int count, byte[] to, int at) {
        int leadingZeros = Long.numberOfTrailingZeros(digits) / Byte.SIZE;
        putEight(digits >>> (leadingZeros * Byte.SIZE), to, at);
        return at + count - leadingZeros;
    }

    private static int writeShortest(long bits, byte[] to, int at) {
        int k = ShortestDecimal.exponent(bits);
        long digits = ShortestDecimal.digits(bits, k);
        int exponent = k + MAX_DIGITS - 1;
        while (digits < SIXTEEN_DIGITS) { // at most once, unless the double is subnormal
            digits *= 10;
            exponent--;
        }
        if (exponent < MIN_PLAIN_EXPONENT || exponent > MAX_PLAIN_EXPONENT) {
            int end = writeWithPoint(digits, 1, to, at);
            return write((long) exponent, to, put('e', to, end));
        }
        if (exponent < 0) {
            return writeBelowOne(digits, exponent, to, at);
        }
        return exponent < MAX_DIGITS - 1
                ? writeWithPoint(digits, exponent + 1, to, at)
                : writeLarge(digits, exponent, to, at);
    }

    private static int writeBelowOne(long digits, int exponent, byte[] to, int at) {
        putEight(0, to, at);
        to[at + 1] = '.';
        return writeDigits(digits, to, at + 1 - exponent);
    }

    private static int writeLarge(long digits, int exponent, byte[] to, int at) {
        writeDigits(digits, to, at);
        putEight(0, to, at + MAX_DIGITS);
        return at + exponent + 1;
    }

    /** Writes 17 digits, of which the first few are before the point; the point goes with the zeros if nothing else follows. */
    private static int writeWithPoint(long digits, int whole, byte[] to, int at) {
        int end = writeDigits(digits, to, at + 1);
        for (int i = at; i < at + whole; i++) {
            to[i] = to[i + 1];
        }
        to[at + whole] = '.';
        return end > at + whole + 1 ? end : at + whole;
    }

    /** Writes 17 digits, and returns the position after the last one that is not zero. */
    private static int writeDigits(long digits, byte[] to, int at) {
        long first = digits / SIXTEEN_DIGITS;
        long rest = digits - first * SIXTEEN_DIGITS;
        long head = rest / EIGHT_DIGITS;
        long high = eightDigits((int) head);
        long low = eightDigits((int) (rest - head * EIGHT_DIGITS));
        put((char) ('0' + first), to, at);
        putEight(high, to, at + 1);
        putEight(low, to, at + 9);
        return low == 0
                ? at + 9 - Long.numberOfLeadingZeros(high) / Byte.SIZE
                : at + MAX_DIGITS - Long.numberOfLeadingZeros(low) / Byte.SIZE;
    }

    /**
     * {@return the digits of a number below 10<sup>8</sup>, one in each byte, the first in the lowest}
     *
     * <p>The number is cut in two, the halves are, and theirs are, all parts of a size at once: Paul Khuong, "How to print integers
     * really fast" (2017).
     */
    private static long eightDigits(int value) {
        int high = value / FOUR_DIGITS;
        return twiceFourDigits(high | ((long) (value - high * FOUR_DIGITS) << Integer.SIZE));
    }

    /**
     * {@return the digits of two numbers below 10<sup>4</sup>, each in a half of the bits, the first in the lower} Quotients are
     * products with reciprocals, rounded up, which is exact for parts this small.
     */
    private static long twiceFourDigits(long fours) {
        long hundreds = ((fours * 10_486) >>> 20) & 0x7f_0000_007fL;
        long twos = hundreds | ((fours - hundreds * 100) << 16);
        long tens = ((twos * 103) >>> 10) & 0xf_000f_000f_000fL;
        return tens | ((twos - tens * 10) << 8);
    }

    private static void putEight(long digits, byte[] to, int at) {
        EIGHT_BYTES.set(to, at, digits + ASCII_ZEROS);
    }

    private static int put(char ascii, byte[] to, int at) {
        to[at] = (byte) ascii;
        return at + 1;
    }
}
