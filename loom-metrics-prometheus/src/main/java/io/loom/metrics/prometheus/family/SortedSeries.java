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
 *
 * <p>Leaves are arrays, because a walk over linked nodes waits for memory at each of them.
 */
final class SortedSeries {
    static final int LEAF = 64;

    private static final byte[] LEAST = {};
    private static final Samples[] NONE = {};

    private final int leafSize;
    private final ConcurrentSkipListMap<byte[], Samples[]> leaves =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    /**
     * Creates an empty set.
     *
     * @param leafSize how many series a leaf holds at most, at least 1
     */
    SortedSeries(int leafSize) {
        this.leafSize = leafSize;
        leaves.put(LEAST, NONE);
    }

    /** {@return the series with these labels, or null} */
    @Nullable
    Samples find(byte[] labels) {
        Samples[] leaf = leaves.floorEntry(labels).getValue();
        int at = indexOf(leaf, labels);
        return at < 0 ? null : leaf[at];
    }

    /** {@return any series, or null if there is none} */
    @Nullable
    Samples any() {
        for (Samples[] leaf : leaves.values()) {
            if (leaf.length > 0) {
                return leaf[0];
            }
        }
        return null;
    }

    boolean isEmpty() {
        return any() == null;
    }

    /** Adds a series; one with the same labels goes. */
    void put(Samples added) {
        Map.Entry<byte[], Samples[]> floor = leaves.floorEntry(added.labels());
        byte[] key = floor.getKey();
        Samples[] leaf = floor.getValue();
        int at = indexOf(leaf, added.labels());
        if (at >= 0) {
            Samples[] replaced = leaf.clone();
            replaced[at] = added;
            leaves.put(key, replaced);
            return;
        }
        Samples[] grown = inserted(leaf, -at - 1, added);
        if (grown.length <= leafSize) {
            leaves.put(key, grown);
            return;
        }
        int half = grown.length / 2;
        Samples[] upper = Arrays.copyOfRange(grown, half, grown.length);
        leaves.put(upper[0].labels(), upper);
        leaves.put(key, Arrays.copyOf(grown, half));
    }

    /** Removes this very series; another with the same labels stays. */
    @SuppressWarnings("ReferenceEquality") // not an equal one
    void remove(Samples removed) {
        Map.Entry<byte[], Samples[]> floor = leaves.floorEntry(removed.labels());
        byte[] key = floor.getKey();
        Samples[] leaf = floor.getValue();
        int at = indexOf(leaf, removed.labels());
        if (at < 0 || leaf[at] != removed) {
            return;
        }
        if (leaf.length == 1 && key.length > 0) {
            leaves.remove(key);
        } else {
            leaves.put(key, without(leaf, at));
        }
    }

    /** {@return a walk over the leaves; each may begin with series that the walk has shown already} */
    Iterable<Samples[]> leaves() {
        return leaves.values();
    }

    /** {@return where in {@code leaf} the series begin that come after {@code last}; null for a walk that begins} */
    static int firstAfter(Samples[] leaf, byte @Nullable [] last) {
        if (last == null || leaf.length == 0 || Arrays.compareUnsigned(leaf[0].labels(), last) > 0) {
            return 0;
        }
        int at = indexOf(leaf, last);
        return at < 0 ? -at - 1 : at + 1;
    }

    private static Samples[] inserted(Samples[] leaf, int at, Samples added) {
        Samples[] grown = Arrays.copyOf(leaf, leaf.length + 1);
        System.arraycopy(leaf, at, grown, at + 1, leaf.length - at);
        grown[at] = added;
        return grown;
    }

    private static Samples[] without(Samples[] leaf, int at) {
        Samples[] shrunk = Arrays.copyOf(leaf, leaf.length - 1);
        System.arraycopy(leaf, at + 1, shrunk, at, shrunk.length - at);
        return shrunk;
    }

    /** {@return the index of these labels, or where they would be inserted: as {@link Arrays#binarySearch}} */
    private static int indexOf(Samples[] leaf, byte[] labels) {
        int low = 0;
        int high = leaf.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(leaf[middle].labels(), labels);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -(low + 1);
    }
}
