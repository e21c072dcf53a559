package io.loom.metrics.prometheus.cell;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Finds the exponential bucket of a value. At a schema s the bucket i has the values above 2<sup>(i-1)/2^s</sup>, up to and with
 * 2<sup>i/2^s</sup>. Stateless and wait-free; nothing is allocated.
 *
 * <p>The exponent of a double is its octave. In the octave a table knows for the first bits of the mantissa the first bucket
 * that they reach into; two steps without branches do the rest, since at the finest schema no more than two bounds share those
 * bits. A coarser index is the finest one, halved and rounded up once for each schema.
 */
final class ExponentialIndex {
    static final int FINEST = 8;
    static final int COARSEST = -4;

    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int BOUNDS = 1 << FINEST;
    private static final int STEPS = 2;

    /** The mantissas of the bounds of an octave, from its lower end on; and some that end every search. */
    private static final long[] BOUND_MANTISSAS = boundMantissas();

    /** For each first bits of a mantissa, how many bounds are below all that begin so. */
    private static final int[] BELOW = below();

    private ExponentialIndex() {}

    /**
     * {@return the index at the finest schema}
     *
     * @param value positive, finite and not subnormal
     */
    static int finest(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = bits & MANTISSA;
        int below = BELOW[(int) (mantissa >>> (MANTISSA_BITS - FINEST))];
        for (int i = 0; i < STEPS; i++) {
            below += (int) ((BOUND_MANTISSAS[below] - mantissa) >>> (Long.SIZE - 1)); // 1 where the bound is below
        }
        int octave = (int) (bits >>> MANTISSA_BITS) - EXPONENT_BIAS;
        return octave * BOUNDS + below;
    }

    /** {@return the index of the bucket that has this one's values at a schema that is coarser by this much} */
    static int coarser(int index, int by) {
        return (index + (1 << by) - 1) >> by;
    }

    /** Roots with digits to spare, so that each bound is the double closest to it. */
    private static long[] boundMantissas() {
        MathContext digits = new MathContext(40);
        BigDecimal root = BigDecimal.valueOf(2);
        for (int i = 0; i < FINEST; i++) {
            root = root.sqrt(digits);
        }
        long[] mantissas = new long[BOUNDS + STEPS];
        BigDecimal bound = BigDecimal.ONE;
        for (int i = 0; i < mantissas.length; i++) {
            mantissas[i] = i < BOUNDS ? Double.doubleToRawLongBits(bound.doubleValue()) & MANTISSA : Long.MAX_VALUE;
            bound = bound.multiply(root, digits);
        }
        return mantissas;
    }

    private static int[] below() {
        int[] below = new int[BOUNDS];
        int count = 0;
        for (int i = 0; i < BOUNDS; i++) {
            while (BOUND_MANTISSAS[count] < (long) i << (MANTISSA_BITS - FINEST)) {
                count++;
            }
            below[i] = count;
        }
        return below;
    }
}
