package io.loom.metrics.health;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Code that hangs until it is let go, or for ever. */
final class Hanging {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger entered = new AtomicInteger();

    /** Hangs. An interruption ends it, too. */
    void pass() {
        inside.incrementAndGet();
        entered.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inside.decrementAndGet();
        }
    }

    void letGo() {
        gate.countDown();
    }

    /** How many calls are inside now. */
    int inside() {
        return inside.get();
    }

    /** How many calls there ever were. */
    int entered() {
        return entered.get();
    }
}
