package io.loom.metrics;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Counts;
import io.loom.metrics.spi.UnderWay;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * What was started and has not ended. Thread-safe; starting is lock-free.
 *
 * <p>Counts that only go up, the ended read before the started, which the super-class counts: what is read is never below 0, and
 * never more than was truly in progress at some moment of the reading plus what started or ended during it. Most events are
 * counted anyway when they end, so their ends are read from there and cost nothing here.
 */
final class InProgress extends StripedCount implements UnderWay {
    private final LongAdder left = new LongAdder();
    private final Queue<ToLongFunction<Counts>> ends = new ConcurrentLinkedQueue<>();

    void start() {
        increment();
    }

    /** Ends an event that was started here and is counted elsewhere. */
    void leave() {
        left.increment();
    }

    /** Takes {@code count} off from now on: it must only grow, once for each event that was started here. */
    void endsAt(ToLongFunction<Counts> count) {
        ends.add(count);
    }

    double value() {
        return value(CountedDurations::countHere);
    }

    @Override
    public double value(Counts counts) {
        long ended = left.sum();
        for (ToLongFunction<Counts> count : ends) {
            ended += count.applyAsLong(counts);
        }
        VarHandle.acquireFence(); // the ends may have been read without order
        return Math.max(0, sum() - ended);
    }
}
