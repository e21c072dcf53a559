package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.cell.ExponentialBuckets;
import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.math.BigDecimal;

/** Reads the cells of histograms into client_java's data points. One for each walk; not thread-safe. */
final class HistogramPoints {
    private static final int NANO_DIGITS = 9;

    private final ExponentialBuckets exponential = new ExponentialBuckets();

    static HistogramDataPointSnapshot classic(
            HistogramCell cell, BucketTexts buckets, Labels labels, Exemplars exemplars, long createdMillis) {
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds(buckets), cell.buckets()),
                sum(cell),
                labels,
                exemplars,
                createdMillis);
    }

    /** client_java wants one count: that of the exponential buckets, which are read first. */
    HistogramDataPointSnapshot exponential(
            HistogramCell cell,
            BucketTexts buckets,
            ExponentialCell exponentialCell,
            Labels labels,
            Exemplars exemplars,
            long createdMillis) {
        exponential.read(exponentialCell);
        ClassicHistogramBuckets classic = buckets.hasBounds()
                ? ClassicHistogramBuckets.of(bounds(buckets), cut(cell.buckets(), exponential.count()))
                : ClassicHistogramBuckets.EMPTY;
        return new HistogramDataPointSnapshot(
                classic,
                exponential.schema(),
                exponential.zeroCount(),
                ExponentialBuckets.ZERO_THRESHOLD,
                positive(),
                NativeHistogramBuckets.EMPTY,
                sum(cell),
                labels,
                exemplars,
                createdMillis);
    }

    /** {@return the sum in the unit of the page} */
    static double sum(HistogramCell cell) {
        return cell.layout().isNanos() ? seconds(cell.sumNanos()) : cell.sumAmounts();
    }

    /** {@return the double that is nearest to the exact seconds, which is what reading our page gives} */
    static double seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).doubleValue();
    }

    private NativeHistogramBuckets positive() {
        int[] indexes = new int[exponential.size()];
        long[] counts = new long[exponential.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = exponential.index(i);
            counts[i] = exponential.count(i);
        }
        return NativeHistogramBuckets.of(indexes, counts);
    }

    private static double[] bounds(BucketTexts buckets) {
        double[] bounds = new double[buckets.size()];
        double[] finite = buckets.layout().upperBounds();
        System.arraycopy(finite, 0, bounds, 0, finite.length);
        bounds[finite.length] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /** Takes off, from the highest buckets, what was recorded since the count was read; {@return the same array} */
    private static long[] cut(long[] counts, long count) {
        long left = count;
        for (int i = 0; i < counts.length - 1; i++) {
            counts[i] = Math.min(counts[i], left);
            left -= counts[i];
        }
        counts[counts.length - 1] = left;
        return counts;
    }
}
