package io.loom.metrics.series;

import java.util.concurrent.atomic.AtomicInteger;

/** Places that are taken and given back. Thread-safe and lock-free; never more are taken than the limit that a taker names. */
final class Places {
    private final AtomicInteger taken = new AtomicInteger();

    int taken() {
        return taken.get();
    }

    boolean take(int limit) {
        int before;
        do {
            before = taken.get();
            if (before >= limit) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + 1));
        return true;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}
