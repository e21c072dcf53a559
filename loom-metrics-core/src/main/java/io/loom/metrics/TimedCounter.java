package io.loom.metrics;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Counts;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A counter and a timer that events record to when they end: together where the registry can, else one after the other.
 * Thread-safe; lock-free.
 */
final class TimedCounter {
    private final CounterSeries counter;
    private final TimerSeries timer;
    private final @Nullable CountedDurations joint;
    private final LongAdder apart = new LongAdder();

    private TimedCounter(CounterSeries counter, TimerSeries timer, @Nullable CountedDurations joint) {
        this.counter = counter;
        this.timer = timer;
        this.joint = joint;
    }

    static TimedCounter of(CounterSeries counter, TimerSeries timer) {
        return new TimedCounter(counter, timer, timer.countedBy(counter));
    }

    /**
     * {@return one for an end that few of the timer's events have}
     *
     * @param frequent where those go that most events end by; null if the registry has none
     */
    static TimedCounter ofRare(CounterSeries counter, TimerSeries timer, @Nullable CountedDurations frequent) {
        return new TimedCounter(counter, timer, frequent == null ? null : timer.countedSeldomBy(counter, frequent));
    }

    /** {@return where accepted durations go; for whoever ends most events here, one step nearer} Null if the registry has none. */
    @Nullable
    CountedDurations joint() {
        return joint;
    }

    /** Ends an event. One whose duration is rejected is counted all the same. */
    void recordNanos(long elapsedNanos) {
        if (joint != null && TimerSeries.accepts(elapsedNanos)) {
            joint.counted().put(elapsedNanos);
        } else {
            countApart();
            timer.recordNanos(elapsedNanos);
        }
    }

    /** Like {@link #recordNanos}. */
    void record(@Nullable Duration elapsed) {
        if (joint != null && elapsed != null && TimerSeries.accepts(elapsed)) {
            joint.counted().put(elapsed.toNanos());
        } else {
            countApart();
            timer.record(elapsed);
        }
    }

    /** {@return how many events ended here; it only grows} */
    long count(Counts counts) {
        return joint == null ? apart.sum() : apart.sum() + counts.of(joint);
    }

    private void countApart() {
        apart.increment();
        counter.increment();
    }
}
