package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A sum that only grows. Whole amounts are added to a {@code long}, so that they stay exact far beyond 2<sup>53</sup>; fractions
 * to a {@code double} beside it.
 *
 * <p>Thread-safe. Adding is lock-free, and wait-free once the cell has stripes and the amounts are whole; it never allocates,
 * apart from growing once. Reading is wait-free and monotone, but no point-in-time cut: additions under way may be missing.
 */
public final class CounterCell {
    private static final int WHOLE = 0;
    private static final int FRACTION = 1;
    private static final int WIDTH = 2;

    /** Larger amounts go to the {@code double}: even these, added without pause for years, do not wrap the {@code long}. */
    private static final double MAX_WHOLE = 1L << 20;

    private static final VarHandle MORE;

    static {
        try {
            MORE = MethodHandles.lookup().findVarHandle(CounterCell.class, "more", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] base = new long[WIDTH];
    private volatile long @Nullable [] more;
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

    /** {@return the whole amounts} */
    public long whole() {
        return sum(WHOLE);
    }

    /** {@return the amounts that are not whole, or huge} */
    public double fraction() {
        double sum = Double.longBitsToDouble((long) SLOT.getOpaque(base, FRACTION));
        long[] stripes = more;
        if (stripes != null) {
            for (int i = 0; i < Stripes.count(); i++) {
                sum += Double.longBitsToDouble((long) SLOT.getOpaque(stripes, Stripes.at(i, WIDTH) + FRACTION));
            }
        }
        return Math.min(sum, Double.MAX_VALUE);
    }

    /** {@return all that was added} */
    public double value() {
        return whole() + fraction();
    }

    private void addWhole(long amount) {
        long[] stripes = more;
        if (stripes != null) {
            SLOT.getAndAdd(stripes, Stripes.own(WIDTH) + WHOLE, amount);
            return;
        }
        long seen = (long) SLOT.getOpaque(base, WHOLE);
        if (!SLOT.compareAndSet(base, WHOLE, seen, seen + amount)) {
            SLOT.getAndAdd(base, WHOLE, amount);
            collided();
        }
    }

    private void addFraction(double amount) {
        long[] stripes = more;
        if (stripes != null) {
            Amounts.add(stripes, Stripes.own(WIDTH) + FRACTION, amount);
        } else if (!Amounts.add(base, FRACTION, amount)) {
            collided();
        }
    }

    private long sum(int slot) {
        long[] stripes = more;
        long sum = (long) SLOT.getOpaque(base, slot);
        return stripes == null ? sum : sum + Stripes.sum(stripes, WIDTH, slot);
    }

    private void collided() {
        if (++collisions >= Stripes.PATIENCE && more == null) {
            MORE.compareAndSet(this, null, Stripes.allocate(WIDTH));
        }
    }
}
