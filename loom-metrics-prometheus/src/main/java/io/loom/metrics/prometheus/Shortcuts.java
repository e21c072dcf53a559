package io.loom.metrics.prometheus;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which meter a name and tags led to, for the registry's shortcuts: {@code registry.counter("x", "key", "value")}
 * would otherwise build tags and an id each time, only to look the meter up.
 *
 * <p>Thread-safe; a meter that is remembered is found without a lock. At most {@value #MAX} are remembered, so that tags without
 * end do not fill the heap; the others go Micrometer's way. All is forgotten when a meter is removed or a filter is added.
 *
 * @param <M> the type of the meters
 */
final class Shortcuts<M> {
    static final int MAX = 10_000;

    private final Map<Key, M> known = new ConcurrentHashMap<>();
    private final AtomicInteger forgotten = new AtomicInteger();

    M get(String name, String @Nullable [] tags, Supplier<M> find) {
        if (tags == null) {
            return find.get(); // Micrometer takes it for no tags
        }
        Key key = new Key(name, tags);
        M meter = known.get(key);
        return meter != null ? meter : remember(key, find);
    }

    void forget() {
        forgotten.incrementAndGet(); // first, so that nobody remembers what was found before
        known.clear();
    }

    private M remember(Key key, Supplier<M> find) {
        int before = forgotten.get();
        M meter = find.get();
        if (known.size() < MAX) {
            Key own = key.copy();
            known.put(own, meter);
            if (forgotten.get() != before) {
                known.remove(own);
            }
        }
        return meter;
    }

    /** The tags belong to the caller until they are copied. */
    private static final class Key {
        private final String name;
        private final String[] tags;
        private final int hash;

        Key(String name, String[] tags) {
            this.name = name;
            this.tags = tags;
            this.hash = 31 * name.hashCode() + Arrays.hashCode(tags);
        }

        Key copy() {
            return new Key(name, tags.clone());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && hash == key.hash
                    && name.equals(key.name)
                    && Arrays.equals(tags, key.tags);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
