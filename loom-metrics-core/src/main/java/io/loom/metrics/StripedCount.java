package io.loom.metrics;

import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count that only grows. It takes less code than a {@code LongAdder}, so that HotSpot inlines it into more. Threads of one stripe do
 * not part where they collide, as those of a {@code LongAdder} do.
 *
 * <pre>
 *   first  [ pad | count | pad ]                  every count starts with one slot
 *   slots  [ pad | count | pad | … | count | pad ] rivals noticed: one for each stripe, no two in one pair of cache lines;
 *                                                 first keeps what it has, and is read with the rest
 * </pre>
 *
 * <p>One step serves both: the length of the array says which of its slots is a thread's own.
 *
 * <p>Thread-safe. Counting is lock-free and allocates nothing, apart from growing once. Reading is wait-free and monotone. It is a
 * super-class because a part of its own would be one step further.
 */
class StripedCount {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOTS;
    /** Two lines of 64 bytes: the neighbour is fetched along with the line that was asked for. */
    static final int STRIDE = 16;
    /** Of a slot in its stripe: the array's length, which all threads read, stays in a line that nobody writes. */
    static final int OFFSET = STRIDE / 2;

    static {
        try {
            SLOTS = MethodHandles.lookup().findVarHandle(StripedCount.class, "slots", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] first = new long[STRIDE];
    private volatile long[] slots = first;
    private int collisions; // racy on purpose: a lost count delays growth, nothing else

    /** Adds one. */
    final void increment() {
        long[] counts = slots;
        int own = (Stripe.own() * STRIDE + OFFSET) & (counts.length - 1);
        long seen = counts[own]; // a plain read: what it misses delays growth, nothing else
        if ((long) SLOT.getAndAdd(counts, own, 1L) != seen) {
            collided();
        }
    }

    /** {@return how often it was incremented} */
    final long sum() {
        forgetCollisions();
        long[] counts = slots;
        long sum = (long) SLOT.getVolatile(first, OFFSET);
        for (int i = OFFSET; counts.length > first.length && i < counts.length; i += STRIDE) {
            sum += (long) SLOT.getVolatile(counts, i);
        }
        return sum;
    }

    private void collided() {
        if (slots.length == first.length && ++collisions >= Stripe.PATIENCE) {
            spread();
        }
    }

    /** Apart, since it is rare: where threads collide, HotSpot inlines what notices it. */
    final void spread() {
        SLOTS.compareAndSet(this, first, new long[Stripe.COUNT * STRIDE]);
    }

    /** Patience is for the time between two reads. Writing what is there already would cost the writers their cache line. */
    private void forgetCollisions() {
        if (collisions != 0) {
            collisions = 0;
        }
    }
}
