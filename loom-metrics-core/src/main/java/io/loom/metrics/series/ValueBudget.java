package io.loom.metrics.series;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admits the first so many distinct values of a label, and those for ever.
 *
 * <p>Thread-safe. Asking about a value that was seen, or about any value once the budget is spent, takes no lock; admitting a
 * new one may briefly lock a bin of the set. Never admits more than its limit.
 */
final class ValueBudget {
    private final int limit;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger spent = new AtomicInteger();

    ValueBudget(int limit) {
        this.limit = limit;
    }

    int spent() {
        return spent.get();
    }

    boolean admits(String value) {
        if (admitted.contains(value)) {
            return true;
        }
        return spend() ? admitNew(value) : admitted.contains(value); // a rival may have paid for it meanwhile
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
