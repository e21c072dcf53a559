package io.loom.metrics.prometheus.cell;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The exemplars of a series: of a counter one, of a histogram one for each bucket. Thread-safe and wait-free: of writers that
 * meet at one place, one wins.
 */
public final class Exemplars {
    private final AtomicReferenceArray<@Nullable Exemplar> latest;

    /**
     * Creates places that are empty.
     *
     * @param count of a counter 1, of a histogram the number of buckets, the one to {@code +Inf} included
     */
    public Exemplars(int count) {
        this.latest = new AtomicReferenceArray<>(count);
    }

    /** {@return how many places there are} */
    public int places() {
        return latest.length();
    }

    /** {@return the exemplar at a place: of a counter at 0, of a histogram at the index of the bucket; null if there is none} */
    public @Nullable Exemplar at(int index) {
        return latest.get(index);
    }

    /** Copies the exemplars of all places; {@code to} has room for them. */
    public void read(@Nullable Exemplar[] to) {
        for (int i = 0; i < places(); i++) {
            to[i] = at(i);
        }
    }

    /** Puts an exemplar in place of the one that was seen there; {@return whether that was still there} */
    public boolean replace(int index, @Nullable Exemplar seen, Exemplar by) {
        return latest.compareAndSet(index, seen, by);
    }
}
