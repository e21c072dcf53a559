package io.loom.metrics.spi;

/** Tells how many durations were recorded somewhere: now, or at the one moment that a page is of. */
@FunctionalInterface
public interface Counts {
    /** {@return what {@link CountedDurations#countHere} gives, or gave at that moment} */
    long of(CountedDurations durations);
}
