package io.loom.metrics.catalogue;

/** What kind of meter a metric is. */
public enum MeterKind {
    /** Only ever goes up; its name on the wire ends in {@code _total}. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A histogram of durations, in seconds. */
    TIMER,
    /** A histogram of amounts. */
    SUMMARY
}
