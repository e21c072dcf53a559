package io.loom.metrics.prometheus.exposition;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that parses back to a double, and among the shortest the closest to it: Raffaello Giulietti, "The
 * Schubfach way to render doubles" (2020). Stateless, thread-safe and wait-free; nothing is allocated.
 *
 * <p>A positive double is v = c·2<sup>q</sup>, and the decimals that parse back to v lie in an interval around it, which ends
 * half-way to its neighbours and owns its ends if c is even. Let 10<sup>k</sup> be the largest power of ten that is no wider than
 * this interval. Then, by the pigeonhole principle (<em>Schubfachprinzip</em>), some multiple of 10<sup>k</sup> lies in it; of
 * 10<sup>k+1</sup> at most one does. If one does, it is the answer; else the multiple of 10<sup>k</sup> closest to v is.
 *
 * <p>So that integers suffice, v and both ends are multiplied by 4·10<sup>-k</sup> and <em>rounded to odd</em>: a product that
 * is not whole becomes the odd number next to it, and thereby compares with every even number as the exact product would. The
 * powers of ten have 126 bits, which the paper proves to be enough.
 */
final class ShortestDecimal {
    private static final int FRACTION_BITS = 52;
    private static final long IMPLICIT_BIT = 1L << FRACTION_BITS;

    /** The exponent q of a double whose biased exponent is 0 would be this, were it not 1 more. */
    private static final int LOWEST_EXPONENT = -1075;

    private static final int MIN_K = -324;
    private static final int MAX_K = 292;
    private static final int POWER_BITS = 126;
    private static final int HALF_BITS = 63;

    /** For each k the {@link #power} of -k: its high 63 bits, then its low 63 bits. */
    private static final long[] POWERS = powers();

    private ShortestDecimal() {}

    /**
     * {@return k, the power of ten that {@link #digits} counts}
     *
     * @param bits of a positive, finite double
     */
    static int exponent(long bits) {
        return floorLog10(binaryExponent(bits), isNarrowBelow(bits));
    }

    /**
     * {@return the decimal's digits as a whole number, which may end with zeros: times 10<sup>k</sup> it is the decimal}
     *
     * @param bits of a positive, finite double
     * @param k as {@link #exponent} returned it
     */
    static long digits(long bits, int k) {
        long significand = significand(bits);
        long quadruple = significand << 2;
        int shift = binaryExponent(bits) + floorLog2PowerOfTen(-k) + 2;
        long outside = significand & 1; // an odd significand does not own the ends
        long lower = scaled(quadruple - (isNarrowBelow(bits) ? 1 : 2) << shift, k) + outside;
        long upper = scaled(quadruple + 2 << shift, k) - outside;
        long value = scaled(quadruple << shift, k);

        long floor = value >> 2;
        long tens = floor / 10 * 10;
        if (lower <= tens << 2) {
            return tens;
        }
        if (tens + 10 << 2 <= upper) {
            return tens + 10;
        }
        return closest(floor, lower, value, upper);
    }

    private static long closest(long floor, long lower, long value, long upper) {
        if (floor << 2 < lower) {
            return floor + 1;
        }
        if (floor + 1 << 2 > upper) {
            return floor;
        }
        long middle = (floor << 2) + 2;
        return value < middle || value == middle && (floor & 1) == 0 ? floor : floor + 1;
    }

    private static long significand(long bits) {
        long fraction = bits & (IMPLICIT_BIT - 1);
        return bits < IMPLICIT_BIT ? fraction : fraction | IMPLICIT_BIT;
    }

    private static int binaryExponent(long bits) {
        return LOWEST_EXPONENT + Math.max(1, (int) (bits >>> FRACTION_BITS));
    }

    /** At a power of two, apart from the smallest, the neighbour below is half as far away as the one above. */
    private static boolean isNarrowBelow(long bits) {
        return (bits & (IMPLICIT_BIT - 1)) == 0 && bits > IMPLICIT_BIT;
    }

    /** {@return the product of an integer and the power of -k, without its lowest 127 bits, rounded to odd} */
    private static long scaled(long factor, int k) {
        int at = k - MIN_K << 1;
        long high = POWERS[at];
        long low = POWERS[at + 1];
        // What is not whole: the bits 64 to 126. Those below carry nothing that the paper's proof needs.
        long rest = (factor * high >>> 1) + Math.multiplyHigh(factor, low);
        long whole = Math.multiplyHigh(factor, high) + (rest >>> HALF_BITS);
        return (rest & Long.MAX_VALUE) == 0 ? whole : whole | 1;
    }

    // The logarithms are products with constants that were rounded to so many bits that the floors are exact for all
    // exponents
    // a double can have.

    /** {@return the floor of log10(2<sup>q</sup>), or if narrow of log10(¾·2<sup>q</sup>)} */
    private static int floorLog10(int q, boolean narrow) {
        return q * 315_653 - (narrow ? 131_008 : 0) >> 20;
    }

    /** {@return the floor of log2(10<sup>p</sup>)} */
    private static int floorLog2PowerOfTen(int p) {
        return p * 217_706 >> 16;
    }

    private static long[] powers() {
        long[] powers = new long[MAX_K - MIN_K + 1 << 1];
        for (int k = MIN_K; k <= MAX_K; k++) {
            BigInteger power = power(-k);
            int at = k - MIN_K << 1;
            powers[at] = power.shiftRight(HALF_BITS).longValue();
            powers[at + 1] = power.longValue() & Long.MAX_VALUE;
        }
        return powers;
    }

    /** {@return the first 126 bits of 10<sup>p</sup>, plus one} */
    private static BigInteger power(int p) {
        int shift = POWER_BITS - 1 - floorLog2PowerOfTen(p);
        BigInteger whole = BigInteger.TEN.pow(Math.abs(p));
        BigInteger first = p < 0 ? BigInteger.ONE.shiftLeft(shift).divide(whole) : whole.shiftLeft(shift);
        return first.add(BigInteger.ONE);
    }
}
