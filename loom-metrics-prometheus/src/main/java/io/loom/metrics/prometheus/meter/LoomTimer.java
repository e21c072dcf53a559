package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.CountingTimer;
import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.util.TimeUtils;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A timer on a cell. Thread-safe; recording is lock-free, never allocates and never reads the clock, unless it is the timer that
 * runs the work. Negative durations are dropped.
 */
public final class LoomTimer extends AbstractMeter implements Timer, CountingTimer {
    private final HistogramCell cell;
    private final Clock clock;
    private final @Nullable Percentiles percentiles;

    /**
     * Creates a timer that has recorded nothing.
     *
     * @param percentiles what computes percentiles in this process; null for none
     */
    public LoomTimer(Meter.Id id, Clock clock, HistogramLayout layout, @Nullable Percentiles percentiles) {
        super(id);
        this.clock = clock;
        this.cell = new HistogramCell(layout);
        this.percentiles = percentiles;
    }

    @Override
    public void record(long amount, TimeUnit unit) {
        if (amount >= 0) {
            long nanos = unit.toNanos(amount);
            cell.recordNanos(nanos);
            if (percentiles != null) {
                percentiles.record(nanos);
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T record(Supplier<T> work) {
        long start = clock.monotonicTime();
        try {
            return work.get();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public <T extends @Nullable Object> T recordCallable(Callable<T> work) throws Exception {
        long start = clock.monotonicTime();
        try {
            return work.call();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public void record(Runnable work) {
        long start = clock.monotonicTime();
        try {
            work.run();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public long count() {
        return cell.count();
    }

    @Override
    public double totalTime(TimeUnit unit) {
        return TimeUtils.nanosToUnit((double) cell.sumNanos(), unit);
    }

    @Override
    public double max(TimeUnit unit) {
        return TimeUtils.nanosToUnit((double) cell.maxNanos(clock.monotonicTime()), unit);
    }

    @Override
    public TimeUnit baseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
        return Snapshots.of(cell, (double) cell.sumNanos(), (double) cell.maxNanos(clock.monotonicTime()), percentiles);
    }

    @Override
    public void close() {
        if (percentiles != null) {
            percentiles.close();
        }
    }

    @Override
    public @Nullable CountedDurations countedBy(Counter counter) {
        if (percentiles != null || !(counter instanceof LoomCounter ours)) {
            return null;
        }
        HistogramCell branch = cell.branch();
        ours.countAlso(branch);
        return branch;
    }

    /** {@return where the durations live} */
    public HistogramCell cell() {
        return cell;
    }

    private void recordSince(long start) {
        record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
    }
}
