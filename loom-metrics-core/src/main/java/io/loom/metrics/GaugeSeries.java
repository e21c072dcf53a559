package io.loom.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One series of a gauge: a handle to keep. Its value is 0 until it is set.
 *
 * <p>Thread-safe and lock-free; never throws and never allocates. The registry holds the value strongly.
 */
public final class GaugeSeries {
    private final AtomicLong bits = new AtomicLong();

    GaugeSeries() {}

    /** Sets the value; any double, NaN included. */
    public void set(double value) {
        bits.set(Double.doubleToRawLongBits(value));
    }

    /** Adds {@code amount}, which may be negative. */
    public void add(double amount) {
        long before;
        long after;
        do {
            before = bits.get();
            after = Double.doubleToRawLongBits(Double.longBitsToDouble(before) + amount);
        } while (!bits.compareAndSet(before, after));
    }

    /** Adds one. */
    public void increment() {
        add(1);
    }

    /** Takes one away. */
    public void decrement() {
        add(-1);
    }

    /** {@return the value} */
    public double value() {
        return Double.longBitsToDouble(bits.get());
    }
}
