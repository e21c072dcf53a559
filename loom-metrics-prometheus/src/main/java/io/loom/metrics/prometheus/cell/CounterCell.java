package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A sum that only grows. Whole amounts are added to a {@code long}, so that they stay exact far beyond 2<sup>53</sup>; fractions
 * to a {@code double} beside it.
 *
 * <p>Thread-safe. Adding is lock-free, and wait-free once the cell has stripes and the amounts are whole; it never allocates,
 * apart from growing once. Reading is lock-free and monotone, but no point-in-time cut: additions under way may be missing.
 */
public class CounterCell {
    private static final int WHOLE = 0;
    private static final int FRACTION = 1;
    private static final int WIDTH = 2;

    /** Larger amounts go to the {@code double}: even these, added without pause for years, do not wrap the {@code long}. */
    private static final long MAX_WHOLE = 1L << 20;

    private static final VarHandle BASE_WHOLE;
    private static final VarHandle BASE_FRACTION;
    private static final VarHandle MORE;
    private static final VarHandle ALSO_COUNTED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BASE_WHOLE = lookup.findVarHandle(CounterCell.class, "baseWhole", long.class);
            BASE_FRACTION = lookup.findVarHandle(CounterCell.class, "baseFraction", double.class);
            MORE = lookup.findVarHandle(CounterCell.class, "more", long[].class);
            ALSO_COUNTED = lookup.findVarHandle(CounterCell.class, "alsoCounted", CountedDurations[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long baseWhole;
    private volatile double baseFraction;
    private volatile long @Nullable [] more;
    private volatile CountedDurations @Nullable [] alsoCounted;
    private int collisions; // racy on purpose: a lost count delays growth, nothing else

    /** Adds one. */
    public void increment() {
        addWhole(1);
    }

    /**
     * Adds {@code amount}.
     *
     * @param amount positive and finite
     */
    public void add(double amount) {
        if (amount <= MAX_WHOLE && amount == (long) amount) {
            addWhole((long) amount);
        } else {
            addFraction(amount);
        }
    }

    /**
     * Adds {@code amount}.
     *
     * @param amount not negative
     */
    public void add(long amount) {
        if (amount <= MAX_WHOLE) {
            addWhole(amount);
        } else {
            addFraction((double) amount);
        }
    }

    /** {@return the whole amounts} */
    public final long whole() {
        return whole(Copies.NONE);
    }

    /**
     * {@return the whole amounts, as a page reads them}
     *
     * @param copies what the page has read; what of it this reads first is copied
     */
    public final long whole(Copies copies) {
        forgetCollisions();
        long[] stripes = more;
        long own = stripes == null ? baseWhole : baseWhole + Stripes.sum(stripes, WIDTH, WHOLE);
        return own + countElsewhere(copies);
    }

    /** Counts from now on, and for good, also what is recorded in {@code durations}. */
    public void countAlso(CountedDurations durations) {
        CountedDurations[] before;
        do {
            before = alsoCounted;
        } while (!ALSO_COUNTED.compareAndSet(this, before, Branches.with(before, durations, CountedDurations[]::new)));
    }

    /** {@return the amounts that are not whole, or huge} */
    public double fraction() {
        long[] stripes = more;
        double sum = baseFraction;
        if (stripes != null) {
            for (int i = 0; i < Stripe.COUNT; i++) {
                sum += Double.longBitsToDouble((long) SLOT.getOpaque(stripes, Stripes.at(i, WIDTH) + FRACTION));
            }
        }
        return Math.min(sum, Double.MAX_VALUE);
    }

    /** {@return all that was added} */
    public double value() {
        return whole() + fraction();
    }

    /** {@return nothing of interest} Fetches what a scrape is about to read. */
    public long peek() {
        return alsoCounted == null ? baseWhole : 0; // the first and the last that is read
    }

    private long countElsewhere(Copies copies) {
        CountedDurations[] elsewhere = alsoCounted;
        long count = 0;
        if (elsewhere != null) {
            for (CountedDurations durations : elsewhere) {
                count += copies.of(durations);
            }
        }
        return count;
    }

    private void addWhole(long amount) {
        long[] stripes = more;
        if (stripes != null) {
            SLOT.getAndAdd(stripes, Stripes.own(WIDTH) + WHOLE, amount);
            return;
        }
        long seen = (long) BASE_WHOLE.getOpaque(this);
        if (!BASE_WHOLE.compareAndSet(this, seen, seen + amount)) {
            BASE_WHOLE.getAndAdd(this, amount);
            collided();
        }
    }

    private void addFraction(double amount) {
        long[] stripes = more;
        if (stripes != null) {
            Amounts.add(stripes, Stripes.own(WIDTH) + FRACTION, amount);
            return;
        }
        double seen = (double) BASE_FRACTION.getOpaque(this);
        while (!BASE_FRACTION.compareAndSet(this, seen, Math.min(seen + amount, Double.MAX_VALUE))) {
            collided();
            seen = (double) BASE_FRACTION.getOpaque(this);
        }
    }

    private void collided() {
        if (more == null && ++collisions >= Stripe.PATIENCE) {
            spread();
        }
    }

    /** Apart, since it is rare: where threads collide, HotSpot inlines what notices it. */
    private void spread() {
        MORE.compareAndSet(this, null, Stripes.allocate(WIDTH));
    }

    /** Patience is for the time between two reads. Writing what is there already would cost the writers their cache line. */
    private void forgetCollisions() {
        if (collisions != 0) {
            collisions = 0;
        }
    }
}
