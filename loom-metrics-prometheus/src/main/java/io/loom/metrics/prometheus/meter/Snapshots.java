package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Micrometer's view of a cell. */
final class Snapshots {
    private Snapshots() {}

    static HistogramSnapshot of(HistogramCell cell, double total, double max, @Nullable Percentiles percentiles) {
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

    /** Micrometer counts a timer's bounds in nanoseconds. */
    private static double micrometerBound(HistogramLayout layout, double bound) {
        return layout.isNanos() ? Math.round(bound * TimeUnit.SECONDS.toNanos(1)) : bound;
    }
}
