package io.loom.metrics.examples.studio;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A map that forgets its oldest entries. Thread-safe; while several threads put, a few entries more or less may stay. */
final class BoundedMap<K, V> {
    private final int capacity;
    private final Map<K, V> entries = new ConcurrentHashMap<>();
    private final Queue<K> oldestFirst = new ConcurrentLinkedQueue<>();

    BoundedMap(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: was " + capacity);
        }
        this.capacity = capacity;
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Puts an entry; one that is there already keeps its age. */
    void put(K key, V value) {
        if (entries.put(key, value) == null) {
            oldestFirst.add(key);
            forgetOldest();
        }
    }

    int size() {
        return entries.size();
    }

    private void forgetOldest() {
        while (entries.size() > capacity) {
            K oldest = oldestFirst.poll();
            if (oldest == null) {
                return; // another thread is about to add it
            }
            entries.remove(oldest);
        }
    }
}
