package io.loom.metrics.series;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admits the first so many distinct values of a label, and those for ever.
 *
 * <p>Thread-safe. Asking about a value that was seen, or about any value once the budget is spent, takes no lock; admitting a
 * new one may briefly lock a bin of the set. Never admits more than its limit.
 *
 * <p>How many distinct values it refused it knows by order of magnitude, in one word: a value sets bit <i>n</i> with the
 * probability 2<sup>-(n+1)</sup>, always the same one, so <i>n</i> bits from the lowest on stand for about 2<sup>n</sup> values
 * (Flajolet and Martin, "Probabilistic counting algorithms for data base applications", 1985).
 */
final class ValueBudget {
    private final int limit;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private final Places spent = new Places();
    private final AtomicInteger refusedBits = new AtomicInteger();

    ValueBudget(int limit) {
        this.limit = limit;
    }

    int spent() {
        return spent.taken();
    }

    /**
     * {@return 0 where no value was refused; else 1 more than about the binary logarithm of the number of distinct ones} It never
     * falls, and stands still when the same values come again.
     */
    int refusedMagnitude() {
        int bits = refusedBits.get();
        return bits == 0 ? 0 : 1 + Integer.numberOfTrailingZeros(~bits);
    }

    boolean admits(String value) {
        if (admitted.contains(value)) {
            return true;
        }
        if (spent.take(limit)) {
            return admitNew(value);
        }
        return admitted.contains(value) || refuse(value); // a rival may have paid for it meanwhile
    }

    private boolean refuse(String value) {
        int bit = Integer.lowestOneBit(mixed(value.hashCode()) | Integer.MIN_VALUE);
        if ((refusedBits.get() & bit) == 0) { // after a while all are set: a flood only reads
            refusedBits.accumulateAndGet(bit, (bits, more) -> bits | more);
        }
        return false;
    }

    /** Hash codes of strings are regular in their low bits; those of MurmurHash3's last step are not. */
    private static int mixed(int hash) {
        int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    private boolean admitNew(String value) {
        if (!admitted.add(value)) {
            spent.giveBack(); // a rival has paid for the same value
        }
        return true;
    }
}
