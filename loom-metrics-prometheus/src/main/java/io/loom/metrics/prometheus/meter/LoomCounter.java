package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.CounterCell;
import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;

/**
 * A counter on a cell. Thread-safe and lock-free. Amounts that are negative, NaN or infinite are dropped, and so is 0.
 */
public final class LoomCounter extends AbstractMeter implements Counter {
    private final CounterCell cell = new CounterCell();

    /** Creates a counter at 0. */
    public LoomCounter(Meter.Id id) {
        super(id);
    }

    @Override
    public void increment() {
        cell.increment();
    }

    @Override
    public void increment(double amount) {
        if (amount > 0 && amount <= Double.MAX_VALUE) {
            cell.add(amount);
        }
    }

    @Override
    public double count() {
        return cell.value();
    }

    /** {@return where the count lives} */
    public CounterCell cell() {
        return cell;
    }
}
