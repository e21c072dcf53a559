package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.concurrent.TimeUnit;

/** Micrometer's view of a cell. */
final class Snapshots {
    private Snapshots() {}

    static HistogramSnapshot of(HistogramCell cell, double total, double max) {
        HistogramLayout layout = cell.layout();
        double[] bounds = layout.upperBounds();
        CountAtBucket[] buckets = new CountAtBucket[bounds.length];
        long count = 0;
        for (int i = 0; i < bounds.length; i++) {
            count += cell.bucket(i);
            buckets[i] = new CountAtBucket(micrometerBound(layout, bounds[i]), (double) count);
        }
        count += cell.bucket(bounds.length);
        return new HistogramSnapshot(count, total, max, null, buckets, null);
    }

    /** Micrometer counts a timer's bounds in nanoseconds. */
    private static double micrometerBound(HistogramLayout layout, double bound) {
        return layout.isNanos() ? Math.round(bound * TimeUnit.SECONDS.toNanos(1)) : bound;
    }
}
