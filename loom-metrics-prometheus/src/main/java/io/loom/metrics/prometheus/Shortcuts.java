package io.loom.metrics.prometheus;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which meter a name and tags led to, for the registry's shortcuts: {@code registry.counter("x", "key", "value")}
 * would otherwise build tags and an id each time, only to look the meter up.
 *
 * <p>Thread-safe and lock-free; a meter that is remembered is found wait-free and without allocating. There are {@value #SLOTS}
 * slots, however many meters there are: where two fall into one slot the last one stays, and the other goes Micrometer's way.
 * All is forgotten when a meter is removed or a filter is added.
 *
 * <p>Whoever looks a meter up takes the array first and writes into that one. To forget is to let go of the array, so that
 * what was found before is written where nobody reads.
 *
 * @param <M> the type of the meters
 */
final class Shortcuts<M> {
    static final int SLOTS = 1_024;

    private static final int SPREAD = 0x9E3779B9; // Fibonacci hashing: the upper bits depend on all
    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private final Class<? extends M> own;
    private volatile @Nullable AtomicReferenceArray<@Nullable Entry<M>> slots;

    /** Remembers meters of the type {@code own} only: a no-op meter stands for one that a filter may let in later. */
    Shortcuts(Class<? extends M> own) {
        this.own = own;
    }

    M get(String name, String @Nullable [] tags, Supplier<M> find) {
        if (tags == null) {
            return find.get(); // Micrometer takes it for no tags
        }
        int hash = 31 * name.hashCode() + Arrays.hashCode(tags);
        AtomicReferenceArray<@Nullable Entry<M>> now = slots;
        if (now != null) {
            Entry<M> entry = now.getAcquire(slot(hash));
            if (entry != null && entry.isOf(hash, name, tags)) {
                return entry.meter;
            }
        }
        return remember(hash, name, tags, find);
    }

    void forget() {
        slots = null;
    }

    private M remember(int hash, String name, String[] tags, Supplier<M> find) {
        AtomicReferenceArray<@Nullable Entry<M>> before = slots;
        if (before == null) {
            before = new AtomicReferenceArray<>(SLOTS);
            slots = before; // a rival's array may be lost: it holds nothing that cannot be found again
        }
        M meter = find.get();
        if (own.isInstance(meter)) {
            before.setRelease(slot(hash), new Entry<>(hash, name, tags.clone(), meter));
        }
        return meter;
    }

    private static int slot(int hash) {
        return (hash * SPREAD) >>> SHIFT;
    }

    /** The tags are a copy: the caller's array may change. */
    private static final class Entry<M> {
        private final int hash;
        private final String name;
        private final String[] tags;
        private final M meter;

        Entry(int hash, String name, String[] tags, M meter) {
            this.hash = hash;
            this.name = name;
            this.tags = tags;
            this.meter = meter;
        }

        boolean isOf(int otherHash, String otherName, String[] otherTags) {
            return hash == otherHash && name.equals(otherName) && Arrays.equals(tags, otherTags);
        }
    }
}
