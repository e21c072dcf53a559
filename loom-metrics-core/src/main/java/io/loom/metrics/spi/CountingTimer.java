package io.loom.metrics.spi;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** A timer that counters of the same registry can join, so that an event costs less than two recordings. Thread-safe. */
public interface CountingTimer {
    /**
     * Joins a part of this timer with a counter, for good. Counting takes no step of its own. Register once and keep the result:
     * each takes twice the memory of the timer's buckets.
     *
     * @return where to record durations, each of which then also counts one for {@code counter}; null if the two cannot share
     */
    @Nullable
    CountedDurations countedBy(Counter counter);

    /**
     * Like {@link #countedBy}, for a counter that counts few of the durations: it takes little memory, and one step more.
     *
     * @param frequent what {@link #countedBy} of this timer gave: the few lie there, too, and only {@code counter} counts them
     */
    @Nullable
    CountedDurations countedSeldomBy(Counter counter, CountedDurations frequent);
}
