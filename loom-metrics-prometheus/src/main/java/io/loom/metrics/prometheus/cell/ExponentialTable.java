package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one schema that have been seen: a table with open addressing, which is never rehashed. A bucket that has a slot
 * keeps it.
 *
 * <pre>
 *   keys  [ key | key | … ]           an index and an offset; 0 is a slot that is free
 *   base  [ count | count | … | zero bucket ]        one, until rivals are noticed; then one for each stripe, as in Stripes
 * </pre>
 *
 * <p>Thread-safe. Finding a slot and counting are lock-free and never allocate, apart from growing once.
 */
final class ExponentialTable {
    /** Instead of a slot: all that there may be are taken. */
    static final int FULL = -1;

    /** So many buckets suffice for all doubles at the coarsest schema. */
    private static final int ENOUGH = 128;

    private static final int FREE = 0;

    /** No index of a double is as low. */
    private static final int OFFSET = 1 << 18;

    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private static final VarHandle KEY = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle USED;
    private static final VarHandle MORE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            USED = lookup.findVarHandle(ExponentialTable.class, "used", int.class);
            MORE = lookup.findVarHandle(ExponentialTable.class, "more", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int schema;
    private final int limit;
    /** The one that was full before. It keeps what it has, and is read with this one. */
    private final @Nullable ExponentialTable finer;

    private final int[] keys;
    private final long[] base;
    private volatile long @Nullable [] more;
    private volatile int used;
    private int collisions; // racy on purpose: a lost count delays growth, nothing else

    ExponentialTable(int schema, int maxBuckets) {
        this(schema, maxBuckets, null);
    }

    private ExponentialTable(int schema, int maxBuckets, @Nullable ExponentialTable finer) {
        this.schema = schema;
        this.limit = schema == ExponentialIndex.COARSEST ? Math.max(maxBuckets, ENOUGH) : maxBuckets;
        this.finer = finer;
        this.keys = new int[Integer.highestOneBit(2 * limit - 1) << 1];
        this.base = new long[keys.length + 1];
    }

    int schema() {
        return schema;
    }

    @Nullable
    ExponentialTable finer() {
        return finer;
    }

    /** {@return the slot of the bucket that an index of the finest schema falls into, or {@link #FULL}} */
    int slot(int finestIndex) {
        int key = ExponentialIndex.coarser(finestIndex, ExponentialIndex.FINEST - schema) + OFFSET;
        int at = (key * GOLDEN_RATIO) >>> (Integer.numberOfLeadingZeros(keys.length) + 1);
        int seen = (int) KEY.getOpaque(keys, at);
        while (seen != key) {
            if (seen != FREE) {
                at = (at + 1) & (keys.length - 1);
            } else if (!reserve()) {
                return FULL;
            } else if (KEY.compareAndSet(keys, at, FREE, key)) {
                return at;
            } else {
                USED.getAndAdd(this, -1); // another took it, maybe for the same bucket
            }
            seen = (int) KEY.getOpaque(keys, at);
        }
        return at;
    }

    /** {@return the slot of the bucket of values that are next to nothing} */
    int zeroSlot() {
        return keys.length;
    }

    void count(int slot) {
        long[] stripes = more;
        if (stripes != null) {
            SLOT.getAndAdd(stripes, Stripes.own(base.length) + slot, 1L);
            return;
        }
        long seen = (long) SLOT.getOpaque(base, slot);
        if (!SLOT.compareAndSet(base, slot, seen, seen + 1)) {
            SLOT.getAndAdd(base, slot, 1L);
            collided();
        }
    }

    /** {@return an empty table at the next coarser schema in which the buckets of this one leave room for another} */
    ExponentialTable coarser() {
        for (int next = schema - 1; ; next--) {
            ExponentialTable table = new ExponentialTable(next, limit, this);
            if (next == ExponentialIndex.COARSEST || table.knowsAllOf(this)) {
                return table;
            }
        }
    }

    /** Passes on the zero bucket and all others that have values. */
    void read(ExponentialBuckets to) {
        if (collisions != 0) {
            collisions = 0; // patience is for the time between two reads
        }
        to.addZero(counted(zeroSlot()));
        for (int slot = 0; slot < keys.length; slot++) {
            int key = (int) KEY.getAcquire(keys, slot);
            if (key != FREE) {
                to.add(key - OFFSET, schema, counted(slot));
            }
        }
    }

    /** Gives each of its buckets a slot; {@return whether one is left then} While nobody else knows this table. */
    private boolean knowsAllOf(ExponentialTable other) {
        for (int slot = 0; slot < other.keys.length; slot++) {
            int key = (int) KEY.getAcquire(other.keys, slot);
            if (key != FREE && slot((key - OFFSET) << (ExponentialIndex.FINEST - other.schema)) == FULL) {
                return false;
            }
        }
        return used < limit;
    }

    private long counted(int slot) {
        long[] stripes = more;
        long count = (long) SLOT.getVolatile(base, slot);
        return stripes == null ? count : count + Stripes.sum(stripes, base.length, slot);
    }

    private boolean reserve() {
        int taken;
        do {
            taken = used;
            if (taken >= limit) {
                return false;
            }
        } while (!USED.compareAndSet(this, taken, taken + 1));
        return true;
    }

    private void collided() {
        if (more == null && ++collisions >= Stripe.PATIENCE) {
            spread();
        }
    }

    /** Apart, since it is rare: where threads collide, HotSpot inlines what notices it. */
    private void spread() {
        MORE.compareAndSet(this, null, Stripes.allocate(base.length));
    }
}
