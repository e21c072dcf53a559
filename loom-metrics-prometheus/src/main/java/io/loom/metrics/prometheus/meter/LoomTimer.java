package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.CountedCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.CountingTimer;
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
 * A timer that is its own cell and its own lines on the page. Thread-safe; recording is lock-free, never allocates and never reads the clock, unless it is the timer that
 * runs the work. Negative durations are dropped.
 */
public sealed class LoomTimer extends Distribution implements Timer, CountingTimer permits TracedTimer {
    private final Clock clock;

    /**
     * Creates a timer that has recorded nothing.
     *
     * @param extras what it records beside its cell; null for nothing
     */
    public LoomTimer(Meter.Id id, Clock clock, BucketTexts buckets, @Nullable Extras extras) {
        super(id, buckets, extras);
        this.clock = clock;
    }

    /**
     * {@return a timer that has recorded nothing}
     *
     * @param extras what it records beside its cell; null for nothing
     * @param sampler where a histogram takes exemplars from; null for none
     */
    public static LoomTimer of(
            Meter.Id id, Clock clock, BucketTexts buckets, @Nullable Extras extras, @Nullable ExemplarSampler sampler) {
        return sampler == null || !isHistogram(buckets, extras)
                ? new LoomTimer(id, clock, buckets, extras)
                : sampler.timer(id, clock, buckets, extras);
    }

    @Override
    public final void record(long amount, TimeUnit unit) {
        if (amount >= 0) {
            recordNanos(unit.toNanos(amount));
        }
    }

    /** Exemplars come after it: none may be there before all that counts its value. */
    @Override
    public void recordNanos(long nanos) {
        super.recordNanos(nanos);
        if (extras != null) {
            extras.record(nanos);
        }
    }

    @Override
    public final <T extends @Nullable Object> T record(Supplier<T> work) {
        long start = clock.monotonicTime();
        try {
            return work.get();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public final <T extends @Nullable Object> T recordCallable(Callable<T> work) throws Exception {
        long start = clock.monotonicTime();
        try {
            return work.call();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public final void record(Runnable work) {
        long start = clock.monotonicTime();
        try {
            work.run();
        } finally {
            recordSince(start);
        }
    }

    @Override
    public final double totalTime(TimeUnit unit) {
        return TimeUtils.nanosToUnit((double) sumNanos(), unit);
    }

    @Override
    public final double max(TimeUnit unit) {
        return TimeUtils.nanosToUnit((double) maxNanos(clock.monotonicTime()), unit);
    }

    @Override
    public final TimeUnit baseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    @Override
    public final HistogramSnapshot takeSnapshot() {
        return snapshot((double) sumNanos(), (double) maxNanos(clock.monotonicTime()));
    }

    @Override
    public @Nullable CountedDurations countedBy(Counter counter) {
        return extras == null && counter instanceof LoomCounter ours ? joined(ours, branch()) : null;
    }

    @Override
    public @Nullable CountedDurations countedSeldomBy(Counter counter, CountedDurations frequent) {
        return extras == null && counter instanceof LoomCounter ours && untraced(frequent) instanceof CountedCell cell
                ? joined(ours, cell.tally())
                : null;
    }

    private static CountedDurations untraced(CountedDurations durations) {
        return durations instanceof TracedDurations traced ? untraced(traced.recorded()) : durations;
    }

    private static CountedDurations joined(LoomCounter counter, CountedDurations part) {
        counter.countAlso(part);
        return counter.traced(part);
    }

    private void recordSince(long start) {
        record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
    }
}
