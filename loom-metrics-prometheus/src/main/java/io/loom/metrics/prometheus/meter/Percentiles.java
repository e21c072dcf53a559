package io.loom.metrics.prometheus.meter;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.Histogram;
import io.micrometer.core.instrument.distribution.TimeWindowPercentileHistogram;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles that are computed in this process, by Micrometer's own class. Thread-safe, but it locks, allocates and reads the
 * clock when it records: the one exception to what this registry promises. Prefer buckets, which can be aggregated too.
 */
public final class Percentiles implements AutoCloseable {
    private final Histogram histogram;

    private Percentiles(Histogram histogram) {
        this.histogram = histogram;
    }

    /** {@return what the configuration asks for, or null where it asks for no percentiles} */
    public static @Nullable Percentiles of(Clock clock, DistributionStatisticConfig config) {
        return config.isPublishingPercentiles()
                ? new Percentiles(new TimeWindowPercentileHistogram(clock, config, false))
                : null;
    }

    void record(long nanos) {
        histogram.recordLong(nanos);
    }

    void record(double amount) {
        histogram.recordDouble(amount);
    }

    /** {@return the percentiles of the window, in nanoseconds or the unit of the amounts} */
    public ValueAtPercentile[] values() {
        return histogram.takeSnapshot(0, 0, 0).percentileValues();
    }

    @Override
    public void close() {
        histogram.close();
    }
}
