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

    private final long[] base = new long[SIZE];
    private final AtomicInteger taken = new AtomicInteger();
    private final @Nullable Tallies before;
    private volatile long @Nullable [] more;

    /** Creates tallies at 0, behind others of the same cell. */
    Tallies(@Nullable Tallies before) {
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
            SLOT.getAndAdd(base, tally, 1L);
        } else {
            SLOT.getAndAdd(stripes, Stripes.own(SIZE) + tally, 1L);
        }
    }

    long count(int tally) {
        long[] stripes = more;
        long count = (long) SLOT.getOpaque(base, tally);
        return stripes == null ? count : count + Stripes.sum(stripes, SIZE, tally);
    }

    /** {@return the sum of all counts} */
    long sum() {
        long sum = 0;
        for (int tally = 0; tally < SIZE; tally++) {
            sum += count(tally);
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
