package io.loom.metrics.prometheus.cell;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Counts;
import org.jspecify.annotations.Nullable;

/**
 * What a page read of the cells that several of its families show, and of the gauges that are made of these. It is read once, since
 * each reading takes the cache lines from those who record, and so that the families fit together. First come the gauges with their
 * cells, in the order of their registration, then what the lines of the page ask for. Once there is no more room the rest is live.
 *
 * <p>One for each scrape; not thread-safe. It takes no more than 21 KB, and nothing until something is copied.
 */
public final class Copies implements Counts {
    /** Copies nothing: all is read live. */
    public static final Copies NONE = new Copies(true);

    static final int NOWHERE = -1;

    private static final int SLOTS = 2_048;

    /** Of a table with open addressing, which is never more than half full. */
    private static final int PLACES = 512;

    private @Nullable Object[] owners = {};
    private int[] starts = {};
    private long[] slots = {};
    private int ownerCount;
    private int end;
    private boolean full;

    /** Creates what has nothing yet. */
    public Copies() {
        this(false);
    }

    private Copies(boolean full) {
        this.full = full;
    }

    /** {@return how many were recorded there, when the page read it} */
    @Override
    public long of(CountedDurations durations) {
        return durations instanceof Copied copied ? copied.countHere(this) : durations.countHere();
    }

    /** {@return whether nothing more is copied} */
    public boolean areFull() {
        return full;
    }

    /** Keeps a value for its owner, who has none yet, if there is room. */
    public void keep(Object owner, double value) {
        int at = claim(owner, 1);
        if (at != NOWHERE) {
            slots[at] = Double.doubleToRawLongBits(value);
        }
    }

    /** {@return whether a value was kept for its owner} */
    public boolean have(Object owner) {
        return find(owner) != NOWHERE;
    }

    /** {@return the value that was kept for its owner} */
    public double kept(Object owner) {
        return Double.longBitsToDouble(slots[find(owner)]);
    }

    /** {@return where the copy of an owner starts in the {@link #slots}, or {@link #NOWHERE}} */
    int find(Object owner) {
        if (end == 0) {
            return NOWHERE;
        }
        int place = placeOf(owner);
        return owners[place] == null ? NOWHERE : starts[place];
    }

    /** {@return whether there is room for so many owners and slots} Where there is not, nothing more is copied. */
    boolean haveRoom(int moreOwners, int moreSlots) {
        if (!full && (ownerCount + moreOwners > PLACES / 2 || end + moreSlots > SLOTS)) {
            full = true; // only once: all threads share the one that copies nothing
        }
        return !full;
    }

    /** {@return how many slots are taken} */
    public int size() {
        return end;
    }

    /** {@return where the copy of an owner that has none may start, or {@link #NOWHERE} where there is no room} */
    int claim(Object owner, int size) {
        if (!haveRoom(1, size)) {
            return NOWHERE;
        }
        if (end == 0) {
            owners = new Object[PLACES];
            starts = new int[PLACES];
            slots = new long[SLOTS];
        }
        int place = placeOf(owner);
        owners[place] = owner;
        starts[place] = end;
        ownerCount++;
        end += size;
        return starts[place];
    }

    /** {@return all copies; zeros where nothing was copied} */
    long[] slots() {
        return slots;
    }

    @SuppressWarnings("ReferenceEquality") // not an equal one
    private int placeOf(Object owner) {
        int place = System.identityHashCode(owner) & (PLACES - 1);
        while (owners[place] != null && owners[place] != owner) {
            place = (place + 1) & (PLACES - 1);
        }
        return place;
    }

    /** Durations that can be copied. */
    interface Copied {
        /** {@return how many were recorded here when {@code copies} were made; now, where there is no room for them} */
        long countHere(Copies copies);
    }
}
