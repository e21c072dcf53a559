package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What timers and summaries show of their cell: to Micrometer, and on the page. */
final class Distributions {
    private static final double NANOS_PER_SECOND = 1e9;

    private Distributions() {}

    static HistogramSnapshot snapshot(HistogramCell cell, double total, double max, @Nullable Percentiles percentiles) {
        HistogramLayout layout = cell.layout();
        double[] bounds = layout.upperBounds();
        CountAtBucket[] buckets = new CountAtBucket[bounds.length];
        long count = 0;
        for (int i = 0; i < bounds.length; i++) {
            count += cell.bucket(i);
            buckets[i] = new CountAtBucket(micrometerBound(layout, bounds[i]), (double) count);
        }
        count += cell.bucket(bounds.length);
        ValueAtPercentile[] values = percentiles == null ? null : percentiles.values();
        return new HistogramSnapshot(count, total, max, values, buckets, null);
    }

    /** A histogram, or a summary where there are no bounds. */
    static void visit(
            HistogramCell cell,
            BucketTexts buckets,
            @Nullable Percentiles percentiles,
            Labels labels,
            SampleVisitor visitor)
            throws IOException {
        if (buckets.hasBounds()) {
            visitor.histogram(labels, cell, buckets);
            return;
        }
        if (percentiles != null) {
            visitQuantiles(cell, percentiles, labels, visitor);
        }
        visitor.summary(labels, cell);
    }

    /** The percentiles of a timer are nanoseconds; on the page all is seconds. */
    private static void visitQuantiles(
            HistogramCell cell, Percentiles percentiles, Labels labels, SampleVisitor visitor) throws IOException {
        double unit = cell.layout().isNanos() ? NANOS_PER_SECOND : 1;
        for (ValueAtPercentile at : percentiles.values()) {
            visitor.quantile(labels, at.percentile(), at.value() / unit);
        }
    }

    /** Micrometer counts a timer's bounds in nanoseconds. */
    private static double micrometerBound(HistogramLayout layout, double bound) {
        return layout.isNanos() ? Math.round(bound * TimeUnit.SECONDS.toNanos(1)) : bound;
    }
}
