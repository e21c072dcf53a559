package io.loom.metrics.prometheus.cell;

import io.loom.metrics.spi.Stripe;
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
 */
final class Stripes {
    static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    /** Two lines of 64 bytes: the neighbour is fetched along with the line that was asked for. */
    private static final int LINE = 16;

    private Stripes() {}

    /** {@return the slots of {@code more} for blocks of {@code width} slots} */
    static long[] allocate(int width) {
        return new long[LINE + Stripe.COUNT * stride(width)];
    }

    /** {@return where the calling thread's block starts in {@code more}} */
    static int own(int width) {
        return at(Stripe.own(), width);
    }

    /** {@return the sum of a slot over all blocks of {@code more}} */
    static long sum(long[] more, int width, int slot) {
        long sum = 0;
        for (int stripe = 0; stripe < Stripe.COUNT; stripe++) {
            sum += (long) SLOT.getOpaque(more, at(stripe, width) + slot);
        }
        return sum;
    }

    static int at(int stripe, int width) {
        return LINE + stripe * stride(width);
    }

    /** An array may start anywhere in a line: it is the room between two blocks that parts them, whatever their width. */
    private static int stride(int width) {
        return width + LINE - 1;
    }
}
