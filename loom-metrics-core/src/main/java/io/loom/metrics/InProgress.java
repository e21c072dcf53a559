package io.loom.metrics;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What was started and has not ended. Thread-safe; starting is lock-free.
 *
 * <p>Counts that only go up, the ended read before the started, which the super-class counts: what is read is never below 0, and
 * never more than was truly in progress at some moment of the reading plus what started or ended during it. Most events are
 * counted anyway when they end, so their ends are read from there and cost nothing here.
 */
final class InProgress extends StripedCount {
    private final LongAdder left = new LongAdder();
    private final Queue<LongSupplier> ends = new ConcurrentLinkedQueue<>();

    void start() {
        increment();
    }

    /** Ends an event that was started here and is counted elsewhere. */
    void leave() {
        left.increment();
    }

    /** Takes {@code count} off from now on: it must only grow, once for each event that was started here. */
    void endsAt(LongSupplier count) {
        ends.add(count);
    }

    double value() {
        long ended = left.sum();
        for (LongSupplier count : ends) {
            ended += count.getAsLong();
        }
        VarHandle.acquireFence(); // the ends may have been read without order
        return Math.max(0, sum() - ended);
    }
}
