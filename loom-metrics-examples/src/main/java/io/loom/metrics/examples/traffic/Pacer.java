package io.loom.metrics.examples.traffic;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Spreads the requests of all readers evenly over time. Thread-safe. A turn that nobody took in time is not made up for. */
final class Pacer {
    private final long gapNanos;
    private final AtomicLong nextNanos;

    /**
     * Creates a pacer.
     *
     * @param perSecond more than 0
     */
    Pacer(double perSecond, long nowNanos) {
        this.gapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.nextNanos = new AtomicLong(nowNanos);
    }

    /** {@return how long from now on to wait for the next turn, which is then taken} */
    long takeNanos(long nowNanos) {
        long turn = nextNanos.getAndUpdate(next -> Math.max(next - nowNanos, 0) + nowNanos + gapNanos);
        return Math.max(turn - nowNanos, 0);
    }
}
