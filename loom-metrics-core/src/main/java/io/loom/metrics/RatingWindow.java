package io.loom.metrics;

import io.micrometer.core.instrument.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The mean of the ratings of the last 15 minutes, by whole minutes: a rating leaves the window 15 to 16 minutes after it came.
 *
 * <p>Thread-safe and lock-free. A ring of slots, one a minute; a slot whose minute has passed is replaced by whoever rates
 * first. Allocates one slot a minute.
 */
final class RatingWindow {
    private static final int MINUTES = 15;
    private static final int SLOTS = MINUTES + 1; // the minute under way, and 15 that are full

    private final Clock clock;
    private final AtomicReferenceArray<@Nullable Slot> ring = new AtomicReferenceArray<>(SLOTS);

    RatingWindow(Clock clock) {
        this.clock = clock;
    }

    void add(int rating) {
        Slot slot = slot(minute());
        slot.count.increment();
        slot.sum.add(rating);
    }

    /** {@return the mean, or NaN where nobody rated} */
    double mean() {
        long now = minute();
        long count = 0;
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = ring.get(i);
            if (slot != null && now - slot.minute < SLOTS) {
                count += slot.count.sum();
                sum += slot.sum.sum();
            }
        }
        return count == 0 ? Double.NaN : (double) sum / count;
    }

    private Slot slot(long minute) {
        int index = (int) Math.floorMod(minute, (long) SLOTS);
        while (true) {
            Slot slot = ring.get(index);
            if (slot != null && slot.minute >= minute) {
                return slot; // a rival may already be a minute ahead
            }
            Slot fresh = new Slot(minute);
            if (ring.compareAndSet(index, slot, fresh)) {
                return fresh;
            }
        }
    }

    private long minute() {
        return TimeUnit.NANOSECONDS.toMinutes(clock.monotonicTime());
    }

    private static final class Slot {
        final long minute;
        final LongAdder count = new LongAdder();
        final LongAdder sum = new LongAdder();

        Slot(long minute) {
            this.minute = minute;
        }
    }
}
