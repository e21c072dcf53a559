package io.loom.metrics.prometheus.cell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of values in exponential buckets, which become coarser when there are too many. It stands beside a {@link
 * HistogramCell}, which has the sum.
 *
 * <p>Thread-safe. Recording is lock-free, and never allocates, apart from growing and becoming coarser. Reading is wait-free and
 * never stops a writer; counts are monotone, but no point-in-time cut.
 *
 * <pre>
 *   coarsest ──► [ table, schema 3 ] ──► [ table, schema 4 ] ──► [ table, schema 5 ]
 *                 new values               no counts are moved: what a table has it keeps,
 *                                          a late writer adds to it, and a reader reads them all
 * </pre>
 *
 * <p>A table that is full is followed by a coarser one, at most twelve times. So a count is in one table for good, and none can
 * be lost or be seen twice on the way from one to the next: there is no such way. It is the reader that brings all to one schema.
 */
public final class ExponentialCell {
    private static final VarHandle COARSEST;

    static {
        try {
            COARSEST = MethodHandles.lookup().findVarHandle(ExponentialCell.class, "coarsest", ExponentialTable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ExponentialLayout layout;
    private volatile ExponentialTable coarsest;

    /** Creates an empty cell. */
    public ExponentialCell(ExponentialLayout layout) {
        this.layout = layout;
        this.coarsest = new ExponentialTable(layout.schema(), layout.maxBuckets());
    }

    /**
     * Counts a value.
     *
     * @param value finite and not negative
     */
    public void record(double value) {
        ExponentialTable table = coarsest;
        if (value <= ExponentialBuckets.ZERO_THRESHOLD) {
            table.count(table.zeroSlot());
            return;
        }
        int index = ExponentialIndex.finest(value);
        int slot = table.slot(index);
        while (slot == ExponentialTable.FULL) {
            table = after(table);
            slot = table.slot(index);
        }
        table.count(slot);
    }

    ExponentialLayout layout() {
        return layout;
    }

    ExponentialTable coarsest() {
        return coarsest;
    }

    /** Of threads that find a table full, one decides what follows. */
    private ExponentialTable after(ExponentialTable full) {
        ExponentialTable current = coarsest;
        if (current.schema() == full.schema()) {
            COARSEST.compareAndSet(this, full, full.coarser());
            current = coarsest;
        }
        return current;
    }
}
