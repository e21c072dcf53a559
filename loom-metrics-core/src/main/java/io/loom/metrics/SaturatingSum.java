package io.loom.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A sum of numbers that are not negative, which ends at {@link Long#MAX_VALUE} and never wraps. Thread-safe and lock-free. */
final class SaturatingSum {
    private final AtomicLong sum = new AtomicLong();

    void add(long amount) {
        long seen;
        long next;
        do {
            seen = sum.get();
            next = seen > Long.MAX_VALUE - amount ? Long.MAX_VALUE : seen + amount;
        } while (!sum.compareAndSet(seen, next));
    }

    long value() {
        return sum.get();
    }
}
