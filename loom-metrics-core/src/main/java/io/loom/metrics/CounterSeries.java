package io.loom.metrics;

import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.spi.WholeCounter;
import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/**
 * One series of a counter: a handle to keep.
 *
 * <p>Thread-safe. Never throws, never locks and, on a registry that does not, never allocates.
 */
public final class CounterSeries {
    /** Beyond it a double cannot count. */
    private static final double MAX_AMOUNT = 0x1p53;

    private final Counter counter;
    /** The same counter, if it takes whole amounts. */
    private final @Nullable WholeCounter whole;

    private final Rejections rejections;

    private CounterSeries(Counter counter, Rejections rejections) {
        this.counter = counter;
        this.whole = counter instanceof WholeCounter same ? same : null;
        this.rejections = rejections;
    }

    static CounterSeries register(Registrar registrar, MeterSpec spec, String... values) {
        return new CounterSeries(registrar.counter(spec, values), registrar.rejections(spec));
    }

    static boolean accepts(double amount) {
        return amount >= 0 && amount <= MAX_AMOUNT;
    }

    Counter meter() {
        return counter;
    }

    /** Adds one. */
    public void increment() {
        counter.increment();
    }

    /**
     * Adds {@code amount}.
     *
     * @param amount 0 to 2<sup>53</sup>; anything else is dropped and counted in {@code loom_metrics_rejected_total}
     */
    public void increment(double amount) {
        if (accepts(amount)) {
            counter.increment(amount);
        } else {
            rejections.reject(Reason.ofAmount(amount), amount);
        }
    }

    /** Adds a whole {@code amount}; {@return whether it was within 0 and {@code max}, or else was rejected} */
    boolean incrementUpTo(long max, long amount) {
        if (amount < 0 || amount > max) {
            rejections.reject(Reason.ofAmount((double) amount), amount);
            return false;
        }
        if (whole != null) {
            whole.add(amount);
        } else {
            counter.increment((double) amount);
        }
        return true;
    }
}
