package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.ExponentialCell;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution records beside its own cell: percentiles, exponential buckets, or both. Most have neither, and pay for
 * neither. Thread-safe; percentiles lock.
 *
 * @param percentiles what computes percentiles in this process, if anything does
 * @param exponential the buckets of a native histogram, if it is one
 */
public record Extras(
        @Nullable Percentiles percentiles, @Nullable ExponentialCell exponential) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** {@return what there is, or null where there is nothing} */
    public static @Nullable Extras of(@Nullable Percentiles percentiles, @Nullable ExponentialCell exponential) {
        return percentiles == null && exponential == null ? null : new Extras(percentiles, exponential);
    }

    void record(long nanos) {
        if (exponential != null) {
            exponential.record(nanos / NANOS_PER_SECOND);
        }
        if (percentiles != null) {
            percentiles.record(nanos);
        }
    }

    void record(double amount) {
        if (exponential != null) {
            exponential.record(amount);
        }
        if (percentiles != null) {
            percentiles.record(amount);
        }
    }
}
