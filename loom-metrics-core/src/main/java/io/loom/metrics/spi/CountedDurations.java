package io.loom.metrics.spi;

/**
 * Durations of a timer each of which counts one for a counter, too. Thread-safe; recording takes no lock.
 *
 * <p>In two steps, {@code counted().put(nanos)}, so that the second is the same code for all of them.
 */
public interface CountedDurations {
    /**
     * Counts a duration that the caller records at once. Those that count what they record leave it to that.
     *
     * @return {@link #durations()}
     */
    Durations counted();

    /** {@return where the durations go, always the same} */
    Durations durations();

    /**
     * {@return how many were recorded here} It only grows. It lags by what is recorded while it is read, at most, and is exact when
     * nobody records.
     */
    long countHere();
}
