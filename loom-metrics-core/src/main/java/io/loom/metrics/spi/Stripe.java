package io.loom.metrics.spi;

/**
 * Which part of a count that threads contend for is a thread's own. Thread-safe.
 *
 * <p>It is picked by the low bits of the thread's id: neighbouring ids, which are threads of one pool, never meet while there are
 * stripes enough.
 */
public final class Stripe {
    /** Collisions between two reads before a count spreads: a rare meeting is cheaper than the memory. */
    public static final int PATIENCE = 32;

    private static final int MAX_COUNT = 64;

    /** How many stripes there are: a power of two, two or more for each processor, 64 at most. */
    public static final int COUNT = count(Runtime.getRuntime().availableProcessors());

    private Stripe() {}

    /** {@return the calling thread's stripe, from 0} */
    public static int own() {
        return (int) Thread.currentThread().getId() & (COUNT - 1);
    }

    static int count(int processors) {
        int wanted = Math.min(MAX_COUNT, 2 * processors);
        return Integer.highestOneBit(wanted - 1) << 1;
    }
}
