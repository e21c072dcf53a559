package io.loom.metrics.series;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admits the first so many distinct values of a label, and those for ever.
 *
 * <p>Thread-safe. Asking about a value that was seen, or about any value once the budget is spent, takes no lock; admitting a
 * new one may briefly lock a bin of the set. Never admits more than its limit; rivals that bring the same last value may see
 * one of them refused once.
 */
final class ValueBudget {
    private final int limit;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger spent = new AtomicInteger();

    ValueBudget(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    boolean admits(String value) {
        return admitted.contains(value) || (spend() && admitNew(value));
    }

    private boolean spend() {
        int before;
        do {
            before = spent.get();
            if (before >= limit) {
                return false;
            }
        } while (!spent.compareAndSet(before, before + 1));
        return true;
    }

    private boolean admitNew(String value) {
        if (!admitted.add(value)) {
            spent.decrementAndGet(); // a rival has paid for the same value
        }
        return true;
    }
}
