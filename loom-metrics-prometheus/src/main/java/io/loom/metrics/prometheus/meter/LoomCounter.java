package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.CounterCell;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.util.MeterEquivalence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A counter that is its own cell and its own line on the page: what a scrape reads is one object. Thread-safe and lock-free. Amounts that
 * are negative, NaN or infinite are dropped, and so is 0.
 */
public final class LoomCounter extends CounterCell implements Counter, Samples {
    private final Meter.Id id;

    /** Creates a counter at 0. */
    public LoomCounter(Meter.Id id) {
        this.id = id;
    }

    @Override
    public Meter.Id getId() {
        return id;
    }

    @Override
    public void increment(double amount) {
        if (amount > 0 && amount <= Double.MAX_VALUE) {
            add(amount);
        }
    }

    @Override
    public double count() {
        return value();
    }

    @Override
    public Meter.Id owner() {
        return id;
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        double fraction = fraction();
        if (fraction == 0) {
            visitor.sample(labels, whole());
        } else {
            visitor.sample(labels, whole() + fraction);
        }
    }

    /** {@return whether {@code o} is a meter of the same id, as Micrometer's own meters have it} */
    @Override
    @SuppressWarnings("EqualsDoesntCheckParameterClass") // the helper does
    public boolean equals(@Nullable Object o) {
        return MeterEquivalence.equals(this, o);
    }

    @Override
    public int hashCode() {
        return MeterEquivalence.hashCode(this);
    }
}
