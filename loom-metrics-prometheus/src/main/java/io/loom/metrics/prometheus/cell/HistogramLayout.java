package io.loom.metrics.prometheus.cell;

import java.util.Arrays;

/**
 * What the cells of like histograms share: the upper bounds, and the window of the maximum. Immutable.
 *
 * <p>A value is found by its <em>key</em>, a {@code long} that orders as the values do: nanoseconds as they are, amounts by the
 * bits of their double. The key's octave (its highest bit, or a double's exponent) gives the first bucket that it can be in; a
 * fixed few steps without branches, as many as the layout has bounds in one octave, do the rest. Random values cost as much as
 * constant ones.
 */
public final class HistogramLayout {
    private static final int EXPONENT_SHIFT = 52;

    private final boolean nanos;
    private final double[] upperBounds;
    private final long[] keys;
    private final int lowestOctave;
    private final int[] firstByOctave;
    private final int steps;
    private final int windowSlots;
    private final long windowStepNanos;

    private HistogramLayout(boolean nanos, double[] upperBounds, long[] bounds, int windowSlots, long windowStepNanos) {
        this.nanos = nanos;
        this.upperBounds = upperBounds;
        this.keys = Arrays.copyOf(bounds, bounds.length + 1);
        this.keys[bounds.length] = Long.MAX_VALUE; // the +Inf bucket ends every search
        this.windowSlots = windowSlots;
        this.windowStepNanos = windowStepNanos;
        this.lowestOctave = bounds.length == 0 ? 0 : octave(bounds[0]);
        int highest = bounds.length == 0 ? 0 : octave(bounds[bounds.length - 1]) + 1;
        this.firstByOctave = new int[highest - lowestOctave + 1];
        for (int i = 0; i < firstByOctave.length; i++) {
            firstByOctave[i] = countBelow(bounds, lowestOctave + i);
        }
        this.steps = mostInOneOctave(bounds);
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

    int indexOf(long key) {
        int octave = Math.max(0, Math.min(octave(key) - lowestOctave, firstByOctave.length - 1));
        int index = firstByOctave[octave];
        for (int i = 0; i < steps; i++) {
            index += key > keys[index] ? 1 : 0;
        }
        return index;
    }

    int windowSlots() {
        return windowSlots;
    }

    long windowStepNanos() {
        return windowStepNanos;
    }

    private int octave(long key) {
        return nanos ? Long.SIZE - Long.numberOfLeadingZeros(key) : (int) (key >>> EXPONENT_SHIFT);
    }

    private int countBelow(long[] bounds, int octave) {
        return (int)
                Arrays.stream(bounds).filter(bound -> octave(bound) < octave).count();
    }

    private int mostInOneOctave(long[] bounds) {
        int most = 0;
        for (int i = 0; i < firstByOctave.length; i++) {
            int octave = lowestOctave + i;
            most = Math.max(most, (int) Arrays.stream(bounds)
                    .filter(bound -> octave(bound) == octave)
                    .count());
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
