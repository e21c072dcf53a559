package io.loom.metrics.prometheus.cell;

import java.util.Arrays;

/**
 * What the cells of like histograms share: the upper bounds, and the window of the maximum. Immutable.
 *
 * <p>A value is found by its <em>key</em>, a {@code long} that orders as the values do: nanoseconds as they are, amounts by the
 * bits of their double. The exponent and first bits of the key as a double are its <em>range</em>, of which a table knows the
 * first bucket that it reaches into. A fixed few steps do the rest, without branches that depend on the value: as many as there are
 * bounds in one range, nearly always one. Random values cost as much as constant ones.
 */
public final class HistogramLayout {
    private static final int MANTISSA_BITS = 52;

    /** How finely an octave is divided at most, and how large the table may grow by it. */
    private static final int MAX_DIVISIONS = 3;

    private static final int MAX_RANGES = 1 << 10;

    private final boolean nanos;
    private final double[] upperBounds;
    private final long[] keys;
    private final int shift;
    private final int lowestRange;
    private final int[] firstByRange;
    private final int steps;
    private final int windowSlots;
    private final long windowStepNanos;
    private final Ticks ticks;

    private HistogramLayout(boolean nanos, double[] upperBounds, long[] bounds, int windowSlots, long windowStepNanos) {
        this.nanos = nanos;
        this.upperBounds = upperBounds;
        this.keys = Arrays.copyOf(bounds, bounds.length + 1);
        this.keys[bounds.length] = Long.MAX_VALUE; // the +Inf bucket ends every search
        this.windowSlots = windowSlots;
        this.windowStepNanos = windowStepNanos;
        this.ticks = new Ticks(windowStepNanos);
        this.shift = shiftFor(bounds);
        this.lowestRange = bounds.length == 0 ? 0 : range(bounds[0], shift);
        this.firstByRange = new int[ranges(bounds, shift) + 1]; // and one for all that lies above
        for (int i = 0; i < firstByRange.length; i++) {
            firstByRange[i] = countBelow(bounds, lowestRange + i);
        }
        this.steps = mostInOneRange(bounds, shift);
    }

    /**
     * {@return a layout for durations}
     *
     * @param boundNanos increasing upper bounds in nanoseconds
     * @param windowSlots how many windows the maximum looks back
     * @param windowStepNanos how long a window is
     */
    public static HistogramLayout ofNanos(double[] boundNanos, int windowSlots, long windowStepNanos) {
        long[] keys = Arrays.stream(boundNanos).mapToLong(Math::round).toArray();
        double[] seconds = Arrays.stream(boundNanos).map(bound -> bound / 1e9).toArray();
        return new HistogramLayout(true, seconds, keys, windowSlots, windowStepNanos);
    }

    /**
     * {@return a layout for amounts}
     *
     * @param bounds increasing upper bounds, positive
     * @param windowSlots how many windows the maximum looks back
     * @param windowStepNanos how long a window is
     */
    public static HistogramLayout ofAmounts(double[] bounds, int windowSlots, long windowStepNanos) {
        long[] keys =
                Arrays.stream(bounds).mapToLong(Double::doubleToRawLongBits).toArray();
        return new HistogramLayout(false, bounds.clone(), keys, windowSlots, windowStepNanos);
    }

    /** {@return the number of buckets, the one to {@code +Inf} included} */
    public int bucketCount() {
        return keys.length;
    }

    /** {@return whether values are nanoseconds; else they are amounts} */
    public boolean isNanos() {
        return nanos;
    }

    /** {@return a copy of the finite upper bounds, in seconds or the unit of the amounts} */
    public double[] upperBounds() {
        return upperBounds.clone();
    }

    /** {@return the index of a duration's bucket, in a layout for durations} */
    public int indexOfNanos(long nanos) {
        return indexOf(nanos);
    }

    /** {@return the index of an amount's bucket, in a layout for amounts} */
    public int indexOfAmount(double amount) {
        return indexOf(Double.doubleToRawLongBits(amount + 0.0)); // -0.0 becomes 0.0
    }

    int indexOf(long key) {
        int range = Math.max(0, Math.min(range(key, shift) - lowestRange, firstByRange.length - 1));
        int first = firstByRange[range];
        int index = first + above(first, key);
        return steps <= 1 ? index : further(index, key); // one step in a loop takes longer, and more code
    }

    private int further(int from, long key) {
        int index = from;
        for (int step = 1; step < steps; step++) {
            index += above(index, key);
        }
        return index;
    }

    /** {@return 1 where the key is above that bucket, else 0} No key is negative. */
    private int above(int index, long key) {
        return (int) ((keys[index] - key) >>> (Long.SIZE - 1));
    }

    int windowSlots() {
        return windowSlots;
    }

    /** {@return how the window tells time} */
    Ticks ticks() {
        return ticks;
    }

    /** Rounding to a double keeps the order, so that only keys of the bound's own range need a comparison. */
    private int range(long key, int byShift) {
        long bits = nanos ? Double.doubleToRawLongBits((double) key) : key;
        return (int) (bits >>> byShift);
    }

    /** {@return the coarsest division that has no two bounds in one range, or the finest there may be} */
    private int shiftFor(long[] bounds) {
        int division = 0;
        while (division < MAX_DIVISIONS
                && mostInOneRange(bounds, MANTISSA_BITS - division) > 1
                && ranges(bounds, MANTISSA_BITS - division - 1) <= MAX_RANGES) {
            division++;
        }
        return MANTISSA_BITS - division;
    }

    private int ranges(long[] bounds, int byShift) {
        return bounds.length == 0 ? 0 : range(bounds[bounds.length - 1], byShift) - range(bounds[0], byShift) + 1;
    }

    private int countBelow(long[] bounds, int range) {
        return (int) Arrays.stream(bounds)
                .filter(bound -> range(bound, shift) < range)
                .count();
    }

    private int mostInOneRange(long[] bounds, int byShift) {
        int most = 0;
        int run = 0;
        for (int i = 0; i < bounds.length; i++) {
            run = i > 0 && range(bounds[i], byShift) == range(bounds[i - 1], byShift) ? run + 1 : 1;
            most = Math.max(most, run);
        }
        return most;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistogramLayout layout
                && nanos == layout.nanos
                && Arrays.equals(keys, layout.keys)
                && windowSlots == layout.windowSlots
                && windowStepNanos == layout.windowStepNanos;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keys);
    }
}
