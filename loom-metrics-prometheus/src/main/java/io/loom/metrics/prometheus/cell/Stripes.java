package io.loom.metrics.prometheus.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How a cell spreads over cache lines once threads contend for it.
 *
 * <pre>
 *   base  [ block ]                                    every cell starts with one block
 *   more  [ pad | block | pad | block | … | pad ]      rivals noticed: one block for each stripe, so far apart that no two
 *                                                      share cache lines; base keeps what it has, and is read with the rest
 * </pre>
 *
 * <p>A thread's stripe is picked by the low bits of its id: neighbouring ids, which are threads of one pool, never meet while
 * there are stripes enough.
 */
final class Stripes {
    static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    /** Collisions between two reads before a cell grows: a rare meeting is cheaper than the memory. */
    static final int PATIENCE = 32;

    /** Two lines of 64 bytes: the neighbour is fetched along with the line that was asked for. */
    private static final int LINE = 16;

    private static final int MAX_STRIPES = 64;
    private static final int COUNT = stripeCount(Runtime.getRuntime().availableProcessors());

    private Stripes() {}

    /** {@return the slots of {@code more} for blocks of {@code width} slots} */
    static long[] allocate(int width) {
        return new long[LINE + COUNT * stride(width)];
    }

    /** {@return where the calling thread's block starts in {@code more}} */
    static int own(int width) {
        return LINE + ((int) Thread.currentThread().getId() & (COUNT - 1)) * stride(width);
    }

    /** {@return the sum of a slot over all blocks of {@code more}} */
    static long sum(long[] more, int width, int slot) {
        long sum = 0;
        for (int stripe = 0; stripe < COUNT; stripe++) {
            sum += (long) SLOT.getOpaque(more, at(stripe, width) + slot);
        }
        return sum;
    }

    static int count() {
        return COUNT;
    }

    static int at(int stripe, int width) {
        return LINE + stripe * stride(width);
    }

    /** An array may start anywhere in a line: it is the room between two blocks that parts them, whatever their width. */
    private static int stride(int width) {
        return width + LINE - 1;
    }

    private static int stripeCount(int processors) {
        int wanted = Math.min(MAX_STRIPES, 2 * processors);
        return Integer.highestOneBit(wanted - 1) << 1;
    }
}
