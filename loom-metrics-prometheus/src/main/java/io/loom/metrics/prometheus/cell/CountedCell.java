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
 *   block  [ sum | bucket 0 | … | bucket n ] highest count of the rest
 * </pre>
 *
 * <p>What is rare lies here, too, so that it takes no cache lines of its own, and has tallies. The rest, which is nearly all, is
 * counted by nobody: it is what the buckets have beyond the tallies. A rare duration is tallied before it is in its bucket, and
 * the buckets are read before the tallies, so the rest is never too high. It may be too low, by as many rare ones as are recorded
 * while it is read, and it may sink: so those who read leave the highest behind.
 */
public final class CountedCell extends HistogramCell implements CountedDurations {
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
        super(trunk, 1);
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
            TALLIES.compareAndSet(this, last, new Tallies(last));
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
        long all = count();
        VarHandle.acquireFence();
        Amounts.raise(base, width(), all - tallied());
        return (long) SLOT.getVolatile(base, width());
    }

    private long tallied() {
        long sum = 0;
        for (Tallies each = tallies; each != null; each = each.before()) {
            sum += each.sum();
        }
        return sum;
    }
}
