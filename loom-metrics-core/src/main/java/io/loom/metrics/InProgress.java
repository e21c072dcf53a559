package io.loom.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * What was started and has not finished. Thread-safe; recording is lock-free.
 *
 * <p>Two counts that only go up, the finished read before the started: what is read is never below 0, and never more than was
 * truly in progress at some moment of the reading plus what started during it.
 */
final class InProgress {
    private final LongAdder started = new LongAdder();
    private final LongAdder finished = new LongAdder();

    void start() {
        started.increment();
    }

    void finish() {
        finished.increment();
    }

    double value() {
        long ended = finished.sum();
        return Math.max(0, started.sum() - ended);
    }
}
