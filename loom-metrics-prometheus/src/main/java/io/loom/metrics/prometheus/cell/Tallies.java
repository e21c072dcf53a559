package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A few counts side by side, of events that are rare. In cells of their own they would take a cache line each, and all of these
 * lines would move to and fro: to a scrape and back, and between threads that meet too seldom for such a cell to notice.
 *
 * <p>Thread-safe. Counting is wait-free and never allocates, apart from growing once. Reading is wait-free and monotone.
 */
final class Tallies {
    static final int SIZE = 8;

    private static final VarHandle MORE;

    static {
        try {
            MORE = MethodHandles.lookup().findVarHandle(Tallies.class, "more", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] base;
    private final int start;
    private final AtomicInteger taken = new AtomicInteger();
    private final @Nullable Tallies before;
    private volatile long @Nullable [] more;

    /** Creates the first tallies of a cell, in slots of its own that are 0. */
    Tallies(long[] slots, int start) {
        this.base = slots;
        this.start = start;
        this.before = null;
    }

    /** Creates tallies at 0, behind others of the same cell. */
    Tallies(Tallies before) {
        this.base = new long[SIZE];
        this.start = 0;
        this.before = before;
    }

    /** {@return the ones that were there before} */
    @Nullable
    Tallies before() {
        return before;
    }

    /** {@return the number of a tally that nobody has; {@link #SIZE} or more if there is none} */
    int take() {
        return taken.getAndIncrement();
    }

    /**
     * Adds one.
     *
     * @param contended whether rivals were noticed elsewhere: from then on each stripe has its own
     */
    void increment(int tally, boolean contended) {
        long[] stripes = contended ? stripes() : null;
        if (stripes == null) {
            SLOT.getAndAdd(base, start + tally, 1L);
        } else {
            SLOT.getAndAdd(stripes, Stripes.own(SIZE) + tally, 1L);
        }
    }

    long count(int tally) {
        long[] stripes = more;
        long count = (long) SLOT.getOpaque(base, start + tally);
        return stripes == null ? count : count + Stripes.sum(stripes, SIZE, tally);
    }

    /** {@return a count that {@link #copiedSum} copied; 0 where these tallies came later than the copies} */
    long copiedCount(int tally, Copies copies) {
        int at = copies.find(this);
        return at == Copies.NOWHERE ? 0 : copies.slots()[at + tally];
    }

    /** Copies all counts where there is room; {@return their sum} */
    long copiedSum(Copies copies) {
        int at = copies.claim(this, SIZE);
        long sum = 0;
        for (int tally = 0; tally < SIZE; tally++) {
            long count = count(tally);
            if (at != Copies.NOWHERE) {
                copies.slots()[at + tally] = count;
            }
            sum += count;
        }
        return sum;
    }

    private long[] stripes() {
        long[] known = more;
        return known != null ? known : spread();
    }

    private long[] spread() {
        long[] made = Stripes.allocate(SIZE);
        long[] rival = (long[]) MORE.compareAndExchange(this, (long[]) null, made);
        return rival == null ? made : rival;
    }
}
