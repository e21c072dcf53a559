package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Durations;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a cell: durations that lie in that cell, and that a counter counts, too.
 *
 * <p>Thread-safe. Recording is as in any cell. Counting is lock-free and monotone, and exact when nobody records.
 *
 * <pre>
 *   base  [ pad | sum | bucket 0 | … | bucket n | tally 0 | … | tally 7 | pad | highest count of the rest ]
 * </pre>
 *
 * <p>A scrape looks at this object and at others beside it again and again. So the block and the first tallies have cache lines of
 * their own.
 *
 * <p>What is rare lies here, too, so that it takes no cache lines of its own, and has tallies. The rest, which is nearly all, is
 * counted by nobody: it is what the buckets have beyond the tallies. A rare duration is tallied before it is in its bucket, and
 * the buckets are read before the tallies, so the rest is never too high. It may be too low, by as many rare ones as are recorded
 * while it is read, and it may sink: so those who read leave the highest behind.
 */
public final class CountedCell extends HistogramCell implements CountedDurations, Copies.Copied {
    /** A cache line of 64 bytes. */
    private static final int PAD = 8;

    private static final VarHandle TALLIES;

    static {
        try {
            TALLIES = MethodHandles.lookup().findVarHandle(CountedCell.class, "tallies", Tallies.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where the next tally is taken. */
    private volatile @Nullable Tallies tallies;

    CountedCell(HistogramCell trunk) {
        super(trunk, Tallies.SIZE + PAD + 1);
    }

    /** {@return where to record rare durations, with a count of their own} It takes little memory, and one step more. */
    public CountedDurations tally() {
        while (true) {
            Tallies last = tallies;
            if (last != null) {
                int number = last.take();
                if (number < Tallies.SIZE) {
                    return new Tally(this, last, number);
                }
            }
            Tallies next = last == null ? new Tallies(base, START + width()) : new Tallies(last);
            TALLIES.compareAndSet(this, last, next);
        }
    }

    @Override
    public Durations counted() {
        return this;
    }

    @Override
    public Durations durations() {
        return this;
    }

    /** {@return the count of all but what has tallies} */
    @Override
    public long countHere() {
        long seen = highest();
        return rest(seen, count(), Copies.NONE);
    }

    @Override
    public long countHere(Copies copies) {
        int at = copied(copies);
        return at == Copies.NOWHERE ? countHere() : copies.slots()[at + width()];
    }

    /** {@return how many durations a tally counted} It is copied with its cell, behind the buckets, or not at all. */
    long countOf(Tallies where, int number, Copies copies) {
        return copied(copies) == Copies.NOWHERE ? where.count(number) : where.copiedCount(number, copies);
    }

    @Override
    public long count(Copies copies) {
        int at = copied(copies);
        return at == Copies.NOWHERE ? super.count(copies) : countOf(copies.slots(), at + BUCKETS);
    }

    @Override
    public long sumNanos(Copies copies) {
        int at = copied(copies);
        return at == Copies.NOWHERE ? super.sumNanos(copies) : copies.slots()[at + SUM];
    }

    @Override
    void addBucketsTo(long[] counts, Copies copies) {
        int at = copied(copies);
        if (at == Copies.NOWHERE) {
            addBlocksTo(counts, 0);
        } else {
            addBlockTo(counts, 0, copies.slots(), at + BUCKETS);
        }
    }

    /** {@return where the copy starts: a block, and the count of the rest} */
    private int copied(Copies copies) {
        int known = copies.find(this);
        return known != Copies.NOWHERE ? known : copyTo(copies);
    }

    private int copyTo(Copies copies) {
        int parts = 0;
        for (Tallies each = tallies; each != null; each = each.before()) {
            parts++;
        }
        if (!copies.haveRoom(1 + parts, width() + 1 + parts * Tallies.SIZE)) {
            return Copies.NOWHERE;
        }
        int at = copies.claim(this, width() + 1);
        long[] slots = copies.slots();
        long seen = highest();
        addBlocksTo(slots, at + BUCKETS);
        slots[at + SUM] = super.sumNanos(Copies.NONE);
        slots[at + width()] = rest(seen, countOf(slots, at + BUCKETS), copies);
        return at;
    }

    /**
     * {@return the count of the rest}
     *
     * @param seen the highest before the buckets were read; what others left there since may be newer than the buckets
     * @param all the count of the buckets
     */
    private long rest(long seen, long all, Copies copies) {
        VarHandle.acquireFence();
        long tallied = 0;
        for (Tallies each = tallies; each != null; each = each.before()) {
            tallied += each.copiedSum(copies);
        }
        long rest = Math.max(seen, all - tallied);
        Amounts.raise(base, base.length - 1, rest);
        return rest;
    }

    private long highest() {
        return (long) SLOT.getVolatile(base, base.length - 1);
    }
}
