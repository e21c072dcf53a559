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

    /** What turns a biased exponent into q. */
    private static final int EXPONENT_OFFSET = -1075;

    private static final int MIN_K = -324;
    private static final int MAX_K = 292;
    private static final int POWER_BITS = 126;
    private static final int HALF_BITS = 63;

    /** For each k the first 126 bits of 10<sup>-k</sup>, plus one, as the paper has them: the high 63, then the low 63. */
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
        long lower = scaled((quadruple - (isNarrowBelow(bits) ? 1 : 2)) << shift, k) + outside;
        long upper = scaled((quadruple + 2) << shift, k) - outside;

        long tens = upper / 40 * 10; // the only multiple of ten that can lie in the interval
        return (tens << 2) >= lower ? tens : closest(scaled(quadruple << shift, k), lower);
    }

    private static long closest(long value, long lower) {
        long odd = (value >> 2) & 1;
        long rounded = (value + 1 + odd) >> 2; // half to even
        return (rounded << 2) < lower ? rounded + 1 : rounded; // only where the interval is narrow below
    }

    private static long significand(long bits) {
        long fraction = bits & (IMPLICIT_BIT - 1);
        return bits < IMPLICIT_BIT ? fraction : fraction | IMPLICIT_BIT;
    }

    /** Subnormals share the exponent of the smallest normal doubles. */
    private static int binaryExponent(long bits) {
        return EXPONENT_OFFSET + Math.max(1, (int) (bits >>> FRACTION_BITS));
    }

    /** At a power of two, apart from the smallest, the neighbour below is half as far away as the one above. */
    private static boolean isNarrowBelow(long bits) {
        return (bits & (IMPLICIT_BIT - 1)) == 0 && bits > IMPLICIT_BIT;
    }

    /** {@return an integer times the power of -k, without the product's lowest 127 bits, rounded to odd} */
    private static long scaled(long factor, int k) {
        int at = (k - MIN_K) << 1;
        long high = POWERS[at];
        long low = POWERS[at + 1];
        // The bits 64 to 126 of what is not whole. No lower bit is needed, as the paper proves.
        long rest = ((factor * high) >>> 1) + Math.multiplyHigh(factor, low);
        long whole = Math.multiplyHigh(factor, high) + (rest >>> HALF_BITS);
        return (rest & Long.MAX_VALUE) == 0 ? whole : whole | 1;
    }

    // Both logarithms are products with constants of so many bits that no exponent of a double gets a wrong floor.

    /** {@return the floor of log10(2<sup>q</sup>), or if narrow of log10(¾·2<sup>q</sup>)} */
    private static int floorLog10(int q, boolean narrow) {
        return (q * 315_653 - (narrow ? 131_008 : 0)) >> 20;
    }

    /** {@return the floor of log2(10<sup>p</sup>)} */
    private static int floorLog2PowerOfTen(int p) {
        return (p * 217_706) >> 16;
    }

    private static long[] powers() {
        long[] powers = new long[(MAX_K - MIN_K + 1) << 1];
        int inverseShift = shift(-MAX_K);
        BigInteger power = BigInteger.ONE;
        BigInteger inverse = BigInteger.ONE.shiftLeft(inverseShift);
        for (int p = 0; p <= -MIN_K; p++) {
            put(powers, -p, power.shiftLeft(shift(p)));
            if (p <= MAX_K) {
                put(powers, p, inverse.shiftRight(inverseShift - shift(-p)));
            }
            power = power.multiply(BigInteger.TEN);
            inverse = inverse.divide(BigInteger.TEN); // the floor of a floor divided is the floor of the exact quotient
        }
        return powers;
    }

    /** {@return how far to the left 10<sup>p</sup> must go to have 126 bits before the point} */
    private static int shift(int p) {
        return POWER_BITS - 1 - floorLog2PowerOfTen(p);
    }

    private static void put(long[] powers, int k, BigInteger floor) {
        BigInteger power = floor.add(BigInteger.ONE);
        int at = (k - MIN_K) << 1;
        powers[at] = power.shiftRight(HALF_BITS).longValue();
        powers[at + 1] = power.longValue() & Long.MAX_VALUE;
    }
}
