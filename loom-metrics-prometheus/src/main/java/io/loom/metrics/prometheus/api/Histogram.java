package io.loom.metrics.prometheus.api;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Cumulative buckets and a sum, as a histogram has them on the page, or as they grew over some time. Immutable.
 *
 * @param bounds upper bounds, increasing, without that of {@code +Inf}; not to be changed
 * @param counts one for each bound, and the count of all; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equals is our own
record Histogram(double[] bounds, double[] counts, double sum) implements Measure {
    private static final double[] NONE = {};

    /** {@return one without buckets, of which only count and sum are known} */
    static Histogram ofSummary(double count, double sum) {
        return new Histogram(NONE, new double[] {count}, sum);
    }

    double count() {
        return counts[counts.length - 1];
    }

    /** {@return both together, as {@code sum by (le)} has them: a bound counts those who have it} */
    Histogram plus(Histogram other) {
        return combined(union(bounds, other.bounds), other, 1);
    }

    /**
     * {@return what came since an earlier state} A meter that was removed takes its part with it; what became less counts as if
     * nothing came.
     *
     * @param earlier null where there was nothing yet
     */
    Histogram since(@Nullable Histogram earlier) {
        return earlier == null ? this : combined(bounds, earlier, -1);
    }

    /** {@return the mean, or NaN where there are no values} */
    double mean() {
        return count() > 0 ? sum / count() : Double.NaN;
    }

    /**
     * {@return what {@code histogram_quantile} gives: values are taken to be spread evenly in their bucket, from 0 in the first
     * one; above the last bound, it is that bound} NaN where there are no values, or no bounds.
     *
     * @param q from 0 to 1
     */
    double quantile(double q) {
        if (bounds.length == 0 || !(count() > 0)) {
            return Double.NaN;
        }
        double rank = q * count();
        int bucket = 0;
        double below = 0;
        while (bucket < bounds.length && Math.max(below, counts[bucket]) < rank) {
            below = Math.max(below, counts[bucket]);
            bucket++;
        }
        if (bucket == bounds.length) {
            return bounds[bounds.length - 1];
        }
        if (bucket == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double lower = bucket == 0 ? 0 : bounds[bucket - 1];
        return lower + (bounds[bucket] - lower) * ((rank - below) / (counts[bucket] - below));
    }

    /** {@return the same, with the array of another one's bounds where they are equal} */
    Histogram sharingBounds(Histogram other) {
        return Arrays.equals(bounds, other.bounds) ? new Histogram(other.bounds, counts, sum) : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Histogram that
                && sum == that.sum
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(sum) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "Histogram" + Arrays.toString(bounds) + Arrays.toString(counts) + sum;
    }

    private Histogram combined(double[] at, Histogram other, int sign) {
        double[] combined = new double[at.length + 1];
        for (int i = 0; i < at.length; i++) {
            combined[i] = Math.max(0, countAt(at[i]) + sign * other.countAt(at[i]));
        }
        combined[at.length] = Math.max(0, count() + sign * other.count());
        return new Histogram(at, combined, Math.max(0, sum + sign * other.sum));
    }

    /** {@return the count of a bound; 0 where there is no such bound} */
    private double countAt(double bound) {
        int at = Arrays.binarySearch(bounds, bound);
        return at < 0 ? 0 : counts[at];
    }

    private static double[] union(double[] one, double[] other) {
        if (Arrays.equals(one, other)) {
            return one;
        }
        return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other))
                .sorted()
                .distinct()
                .toArray();
    }
}
