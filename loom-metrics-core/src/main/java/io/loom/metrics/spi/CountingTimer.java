package io.loom.metrics.spi;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** A timer whose durations a counter of the same registry can count without a step of its own. Thread-safe. */
public interface CountingTimer {
    /**
     * Joins a part of this timer with a counter, for good. Begin with the counter that counts most: the first may cost less than
     * those after it. Register once and keep the result: each takes memory.
     *
     * @return where to record durations, each of which then also counts one for {@code counter}; null if the two cannot share
     */
    @Nullable
    CountedDurations countedBy(Counter counter);
}
