package io.loom.metrics;

import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.CountingTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One series of a timer: a handle to keep.
 *
 * <p>Thread-safe. Recording never throws, never locks and, on a registry that does not, never allocates.
 */
public final class TimerSeries {
    private static final Duration MAX = Duration.ofDays(365);
    private static final long MAX_NANOS = MAX.toNanos();

    private final Timer timer;
    private final Clock clock;
    private final Rejections rejections;

    private TimerSeries(Timer timer, Clock clock, Rejections rejections) {
        this.timer = timer;
        this.clock = clock;
        this.rejections = rejections;
    }

    static TimerSeries register(Registrar registrar, MeterSpec spec, String... values) {
        return new TimerSeries(registrar.timer(spec, values), registrar.clock(), registrar.rejections(spec));
    }

    static boolean accepts(long elapsedNanos) {
        return elapsedNanos >= 0 && elapsedNanos <= MAX_NANOS;
    }

    static boolean accepts(Duration elapsed) {
        return !elapsed.isNegative() && elapsed.compareTo(MAX) <= 0;
    }

    /** {@return where to record durations that {@code counter} is to count, too; null if the registry cannot join them} */
    @Nullable
    CountedDurations countedBy(CounterSeries counter) {
        return timer instanceof CountingTimer counting ? counting.countedBy(counter.meter()) : null;
    }

    /** Like {@link #countedBy}, where {@code counter} is to count few of them. */
    @Nullable
    CountedDurations countedSeldomBy(CounterSeries counter, CountedDurations frequent) {
        return timer instanceof CountingTimer counting ? counting.countedSeldomBy(counter.meter(), frequent) : null;
    }

    /**
     * Records a duration.
     *
     * @param elapsed 0 to 365 days; anything else, null included, is dropped and counted in {@code loom_metrics_rejected_total}
     */
    public void record(@Nullable Duration elapsed) {
        if (elapsed == null) {
            rejections.reject(Reason.MISSING, null);
        } else if (accepts(elapsed)) {
            timer.record(elapsed.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            rejections.reject(elapsed.isNegative() ? Reason.NEGATIVE : Reason.TOO_LARGE, elapsed);
        }
    }

    /**
     * Records a duration.
     *
     * @param elapsedNanos 0 to 365 days; anything else is dropped and counted in {@code loom_metrics_rejected_total}
     */
    public void recordNanos(long elapsedNanos) {
        if (accepts(elapsedNanos)) {
            timer.record(elapsedNanos, TimeUnit.NANOSECONDS);
        } else {
            rejections.reject(Reason.ofAmount((double) elapsedNanos), elapsedNanos);
        }
    }

    /**
     * Runs {@code work} and records how long it took, whether it returned or threw.
     *
     * @return what the work yields
     * @throws X what the work throws, unchanged
     */
    public <T extends @Nullable Object, X extends Exception> T time(ThrowingSupplier<T, X> work) throws X {
        long start = clock.monotonicTime();
        try {
            return work.get();
        } finally {
            recordNanos(clock.monotonicTime() - start);
        }
    }

    /** Runs {@code work} and records how long it took, whether it returned or threw. */
    public void run(Runnable work) {
        long start = clock.monotonicTime();
        try {
            work.run();
        } finally {
            recordNanos(clock.monotonicTime() - start);
        }
    }
}
