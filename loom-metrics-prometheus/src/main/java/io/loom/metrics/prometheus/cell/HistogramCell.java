package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import io.loom.metrics.spi.Durations;
import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Buckets, sum and maximum of durations or of amounts. There is no count: it is the sum of the buckets, so that it cannot
 * disagree with them.
 *
 * <p>Thread-safe. Recording is lock-free and never allocates, apart from growing once. Reading is wait-free and never stops a
 * writer; each bucket is monotone, but the buckets together are no point-in-time cut, and a value's bucket shows before its
 * part of the sum.
 *
 * <pre>
 *   block  [ sum | bucket 0 | … | bucket n ]          one, until rivals are noticed; then one for each stripe
 *   window [ max | tick | max of step | of step - 1 | … ]
 *   base   [ window | block ]
 * </pre>
 *
 * <p>The maximum is of the last few steps of time, and it is the <em>reader</em> that turns the window, so that recording needs
 * no clock: a writer raises {@code max}; a reader moves it into the slot of the step that is under way. The first read after a
 * long pause gives the maximum since the read before. Of readers at the same time one turns, and the others only look. So do
 * those of the same tick, a small part of a step: writers that have raised {@code max} are not to raise it anew for each of them.
 */
public class HistogramCell extends Durations {
    static final int SUM = 0;
    static final int BUCKETS = 1;
    /**
     * Where the block starts in its array: with the header a cache line of 64 bytes and more lies before it, so that those who look
     * at what is there do not take it from who records.
     */
    static final int START = 7;

    private static final int MAX = 0;
    private static final int TICK = 1;
    private static final int STEPS = 2;
    private static final long NEVER = Long.MIN_VALUE;
    /** Instead of a tick: somebody is turning the window. */
    private static final long TURNING = Long.MIN_VALUE + 1;

    private static final VarHandle MORE;
    private static final VarHandle BRANCHES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MORE = lookup.findVarHandle(HistogramCell.class, "more", long[].class);
            BRANCHES = lookup.findVarHandle(HistogramCell.class, "branches", CountedCell[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HistogramLayout layout;
    /** The block, from {@link #START} on, and behind it what a branch has there. */
    final long[] base;
    /** Before the block of this cell or of the one that this is a branch of, unless it is too long for that. */
    private final long[] window;

    private volatile long @Nullable [] more;
    /** Parts of this cell that are counted apart. */
    private volatile CountedCell @Nullable [] branches;

    private int collisions; // racy on purpose: a lost count delays growth, nothing else

    /** Creates an empty cell. */
    public HistogramCell(HistogramLayout layout) {
        this.layout = layout;
        this.base = new long[START + width()];
        int windowSize = STEPS + layout.windowSlots();
        this.window = windowSize <= START ? base : new long[windowSize];
        this.window[TICK] = NEVER;
    }

    /** Creates a branch: its values are also those of {@code trunk}, where the window is; it has so many slots behind its block. */
    HistogramCell(HistogramCell trunk, int slotsBehind) {
        this.layout = trunk.layout;
        this.base = new long[START + width() + slotsBehind];
        this.window = trunk.window;
    }

    /**
     * {@return where to record to this cell, and to count durations apart} It takes more memory than the cell. The window of the
     * maximum is this one's.
     */
    public CountedCell branch() {
        CountedCell branch = new CountedCell(this);
        CountedCell[] before;
        do {
            before = branches;
        } while (!BRANCHES.compareAndSet(this, before, Branches.with(before, branch, CountedCell[]::new)));
        return branch;
    }

    /**
     * Records a duration, in a cell whose layout is for durations.
     *
     * @param nanos not negative
     */
    public void recordNanos(long nanos) {
        put(nanos);
    }

    /** Like {@link #recordNanos}, whatever a meter adds to that. */
    @Override
    public final void put(long nanos) {
        long[] stripes = more;
        long[] block = stripes == null ? base : stripes;
        int at = stripes == null ? START : Stripes.own(width());
        long sum = (long) SLOT.getOpaque(block, at + SUM); // before the other add, or a collision would go unnoticed
        SLOT.getAndAdd(block, at + BUCKETS + layout.indexOf(nanos), 1L);
        if (!SLOT.compareAndSet(block, at + SUM, sum, Amounts.saturatedSum(sum, nanos))) {
            Amounts.add(block, at + SUM, nanos);
            collided();
        }
        raiseMax(nanos);
    }

    /**
     * Records an amount, in a cell whose layout is for amounts.
     *
     * @param amount finite and not negative
     */
    public void recordAmount(double amount) {
        long key = Double.doubleToRawLongBits(amount + 0.0); // -0.0 becomes 0.0
        long[] stripes = more;
        long[] block = stripes == null ? base : stripes;
        int at = stripes == null ? START : Stripes.own(width());
        SLOT.getAndAdd(block, at + BUCKETS + layout.indexOf(key), 1L);
        if (!Amounts.add(block, at + SUM, amount)) {
            collided();
        }
        raiseMax(key);
    }

    /** {@return whether rivals were noticed, so that each stripe has its own block} */
    final boolean isSpread() {
        return more != null;
    }

    /** {@return what the cell shares with others of its kind} */
    public HistogramLayout layout() {
        return layout;
    }

    /**
     * Reads the counts of all buckets, not cumulative, at one go. Who renders between one bucket and the next takes the same cache
     * lines from those who record again and again.
     *
     * @param counts one for each bucket
     */
    public final void readBuckets(long[] counts) {
        readBuckets(counts, Copies.NONE);
    }

    /**
     * Like {@link #readBuckets(long[])}, as a page reads them.
     *
     * @param copies what the page has read; what of it this reads first is copied
     */
    public final void readBuckets(long[] counts, Copies copies) {
        Arrays.fill(counts, 0);
        addBucketsTo(counts, copies);
    }

    /** {@return what {@link #readBuckets} reads} */
    public final long[] buckets() {
        long[] counts = new long[layout.bucketCount()];
        addBucketsTo(counts, Copies.NONE);
        return counts;
    }

    /** {@return the count of all values} */
    public final long count() {
        return count(Copies.NONE);
    }

    /** {@return the count of all values, as {@link #readBuckets(long[], Copies)}} */
    public long count(Copies copies) {
        long count = countOf(base, START + BUCKETS);
        long[] stripes = more;
        if (stripes != null) {
            for (int i = 0; i < Stripe.COUNT; i++) {
                count += countOf(stripes, Stripes.at(i, width()) + BUCKETS);
            }
        }
        CountedCell[] others = branches;
        if (others != null) {
            for (HistogramCell branch : others) {
                count += branch.count(copies);
            }
        }
        return count;
    }

    /** {@return the sum of durations; it saturates} */
    public final long sumNanos() {
        return sumNanos(Copies.NONE);
    }

    /** {@return the sum of durations, as {@link #readBuckets(long[], Copies)}; it saturates} */
    public long sumNanos(Copies copies) {
        forgetCollisions();
        long[] stripes = more;
        long sum = (long) SLOT.getOpaque(base, START + SUM);
        if (stripes != null) {
            for (int i = 0; i < Stripe.COUNT; i++) {
                sum = Amounts.saturatedSum(sum, (long) SLOT.getOpaque(stripes, Stripes.at(i, width()) + SUM));
            }
        }
        CountedCell[] others = branches;
        if (others != null) {
            for (HistogramCell branch : others) {
                sum = Amounts.saturatedSum(sum, branch.sumNanos(copies));
            }
        }
        return sum;
    }

    /** {@return the sum of amounts; it saturates} */
    public double sumAmounts() {
        forgetCollisions();
        long[] stripes = more;
        double sum = Double.longBitsToDouble((long) SLOT.getOpaque(base, START + SUM));
        if (stripes != null) {
            for (int i = 0; i < Stripe.COUNT; i++) {
                sum += Double.longBitsToDouble((long) SLOT.getOpaque(stripes, Stripes.at(i, width()) + SUM));
            }
        }
        CountedCell[] others = branches;
        if (others != null) {
            for (HistogramCell branch : others) {
                sum += branch.sumAmounts();
            }
        }
        return Math.min(sum, Double.MAX_VALUE);
    }

    /**
     * {@return the largest duration of the window, turning it}
     *
     * @param nowNanos a monotonic time
     */
    public long maxNanos(long nowNanos) {
        return maxKey(nowNanos);
    }

    /**
     * {@return the largest amount of the window, turning it}
     *
     * @param nowNanos a monotonic time
     */
    public double maxAmount(long nowNanos) {
        return Double.longBitsToDouble(maxKey(nowNanos));
    }

    /** {@return nothing of interest} Fetches what a scrape is about to read. */
    public long peek() {
        return base[0] + base[base.length - 1] + (branches == null ? 0 : 1);
    }

    private long maxKey(long nowNanos) {
        long tick = layout.ticks().at(nowNanos);
        long last = (long) SLOT.getVolatile(window, TICK);
        // A slow scrape may bring a time that has passed. The lock lies apart from what every writer reads.
        if (tick > last && last != TURNING && SLOT.compareAndSet(window, TICK, last, TURNING)) {
            turn(last == NEVER ? 0 : layout.ticks().steps(last, tick));
            SLOT.setVolatile(window, TICK, tick);
        }
        // Upwards: a value that moves while we look moves up, so it is seen at least once.
        long max = (long) SLOT.getVolatile(window, MAX);
        for (int i = 0; i < layout.windowSlots(); i++) {
            max = Math.max(max, (long) SLOT.getVolatile(window, STEPS + i));
        }
        return max;
    }

    private void turn(long steps) {
        if (steps > 0) {
            shift((int) Math.min(steps, layout.windowSlots()));
        }
        long max = (long) SLOT.getVolatile(window, MAX);
        if (max > window[STEPS]) {
            SLOT.setVolatile(window, STEPS, max);
        }
        SLOT.compareAndSet(window, MAX, max, 0L); // a value that was raised meanwhile stays for the next read
    }

    private void shift(int by) {
        for (int i = layout.windowSlots() - 1; i >= 0; i--) {
            SLOT.setVolatile(window, STEPS + i, i >= by ? window[STEPS + i - by] : 0L);
        }
    }

    private void raiseMax(long key) {
        if (key > (long) SLOT.getOpaque(window, MAX)) {
            raiseMaxTo(key);
        }
    }

    /** Apart, since it is rare, and what is short is inlined into more. */
    private void raiseMaxTo(long key) {
        Amounts.raise(window, MAX, key);
    }

    void addBucketsTo(long[] counts, Copies copies) {
        addBlocksTo(counts, 0);
        CountedCell[] others = branches;
        if (others != null) {
            for (HistogramCell branch : others) {
                branch.addBucketsTo(counts, copies);
            }
        }
    }

    /** Adds the buckets of this cell without its branches. */
    final void addBlocksTo(long[] counts, int to) {
        addBlockTo(counts, to, base, START + BUCKETS);
        long[] stripes = more;
        if (stripes != null) {
            for (int i = 0; i < Stripe.COUNT; i++) {
                addBlockTo(counts, to, stripes, Stripes.at(i, width()) + BUCKETS);
            }
        }
    }

    final void addBlockTo(long[] counts, int to, long[] block, int from) {
        for (int i = 0; i < layout.bucketCount(); i++) {
            counts[to + i] += (long) SLOT.getOpaque(block, from + i);
        }
    }

    final long countOf(long[] block, int from) {
        long count = 0;
        for (int i = 0; i < layout.bucketCount(); i++) {
            count += (long) SLOT.getOpaque(block, from + i);
        }
        return count;
    }

    final int width() {
        return BUCKETS + layout.bucketCount();
    }

    private void collided() {
        if (more == null && ++collisions >= Stripe.PATIENCE) {
            spread();
        }
    }

    /** Apart, since it is rare: where threads collide, HotSpot inlines what notices it. */
    private void spread() {
        MORE.compareAndSet(this, null, Stripes.allocate(width()));
    }

    /** Patience is for the time between two reads. Writing what is there already would cost the writers their cache line. */
    private void forgetCollisions() {
        if (collisions != 0) {
            collisions = 0;
        }
    }
}
