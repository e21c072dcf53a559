package io.loom.metrics.prometheus.family;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The series of a family in the order of their encoded labels.
 *
 * <p>Adding and removing are for one thread at a time. A walk is lock-free and weakly consistent: it shows every series that was
 * there from its beginning to its end, once, and in order.
 *
 * <pre>
 *   least labels ──► [ series | series | … ]     a leaf is never changed: another takes its place
 *   least labels ──► [ series | series ]         a full one splits: its upper half appears first, and is cut off then;
 *                                                a walk that meets both skips what it has shown
 * </pre>
 */
final class SortedSeries {
    static final int LEAF = 64;

    private static final byte[] LEAST = {};

    private final int leafSize;
    private final ConcurrentSkipListMap<byte[], Leaf> leaves = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /**
     * Creates an empty set.
     *
     * @param leafSize how many series a leaf holds at most, at least 1
     */
    SortedSeries(int leafSize) {
        this.leafSize = leafSize;
        leaves.put(LEAST, Leaf.EMPTY);
    }

    /** {@return the series with these labels, or null} */
    @Nullable
    Samples find(byte[] labels) {
        Leaf leaf = leaves.floorEntry(labels).getValue();
        int at = leaf.indexOf(labels);
        return at < 0 ? null : leaf.at(at);
    }

    /** {@return any series, or null if there is none} */
    @Nullable
    Samples any() {
        for (Leaf leaf : leaves.values()) {
            if (leaf.size() > 0) {
                return leaf.at(0);
            }
        }
        return null;
    }

    boolean isEmpty() {
        return any() == null;
    }

    /** Adds a series; one with the same labels goes. */
    void put(byte[] labels, Samples added) {
        Map.Entry<byte[], Leaf> floor = leaves.floorEntry(labels);
        byte[] key = floor.getKey();
        Leaf leaf = floor.getValue();
        int at = leaf.indexOf(labels);
        if (at >= 0) {
            leaves.put(key, leaf.replaced(at, added));
            return;
        }
        Leaf grown = leaf.inserted(-at - 1, labels, added);
        if (grown.size() <= leafSize) {
            leaves.put(key, grown);
            return;
        }
        int half = grown.size() / 2;
        leaves.put(grown.labelsAt(half), grown.range(half, grown.size()));
        leaves.put(key, grown.range(0, half));
    }

    /**
     * Removes this very series; another with the same labels stays.
     *
     * @param likely the labels that it has most likely; all are searched where it has others
     */
    void remove(byte[] likely, Samples removed) {
        Map.Entry<byte[], Leaf> floor = leaves.floorEntry(likely);
        if (!remove(floor.getKey(), floor.getValue(), removed)) {
            for (Map.Entry<byte[], Leaf> entry : leaves.entrySet()) {
                if (remove(entry.getKey(), entry.getValue(), removed)) {
                    return;
                }
            }
        }
    }

    /** {@return a walk over the leaves; each may begin with series that the walk has shown already} */
    Iterable<Leaf> leaves() {
        return leaves.values();
    }

    private boolean remove(byte[] key, Leaf leaf, Samples removed) {
        int at = leaf.indexOf(removed);
        if (at < 0) {
            return false;
        }
        if (leaf.size() == 1 && key.length > 0) {
            leaves.remove(key);
        } else {
            leaves.put(key, leaf.without(at));
        }
        return true;
    }
}
