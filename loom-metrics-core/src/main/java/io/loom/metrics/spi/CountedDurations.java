package io.loom.metrics.spi;

/** Durations of a timer each of which counts one for a counter, too. Thread-safe; recording takes no lock. */
public interface CountedDurations {
    /**
     * Records a duration.
     *
     * @param nanos not negative
     */
    void recordNanos(long nanos);

    /** {@return how many were recorded here} */
    long count();
}
