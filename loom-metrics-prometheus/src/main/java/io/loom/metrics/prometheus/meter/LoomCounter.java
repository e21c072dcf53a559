package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.CounterCell;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.Recorded;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.WholeCounter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.util.MeterEquivalence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A counter that is its own cell and its own line on the page: what a scrape reads is one object. Thread-safe and lock-free. Amounts that
 * are negative, NaN or infinite are dropped, and so is 0.
 */
public sealed class LoomCounter extends CounterCell implements Counter, WholeCounter, Recorded permits TracedCounter {
    private final Meter.Id id;

    /** Creates a counter at 0. */
    public LoomCounter(Meter.Id id) {
        this.id = id;
    }

    /**
     * {@return a counter at 0}
     *
     * @param sampler where it takes an exemplar from; null for none
     */
    public static LoomCounter of(Meter.Id id, @Nullable ExemplarSampler sampler) {
        return sampler == null ? new LoomCounter(id) : sampler.counter(id);
    }

    @Override
    public final Meter.Id getId() {
        return id;
    }

    @Override
    public final void increment(double amount) {
        if (amount > 0 && amount <= Double.MAX_VALUE) {
            add(amount);
        }
    }

    @Override
    public final double count() {
        return value();
    }

    @Override
    public final Meter.Id owner() {
        return id;
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        long whole = whole(visitor.copies());
        double fraction = fraction();
        if (fraction == 0) {
            visitor.sample(labels, whole);
        } else {
            visitor.sample(labels, whole + fraction);
        }
    }

    /** The parts of the value, mixed: it is exact where a double would not be. */
    @Override
    public final long recordings() {
        return whole() ^ Long.reverse(Double.doubleToRawLongBits(fraction()));
    }

    /** {@return durations that this counts elsewhere, and what else each of them does here} */
    CountedDurations traced(CountedDurations durations) {
        return durations;
    }

    /** {@return whether {@code o} is a meter of the same id, as Micrometer's own meters have it} */
    @Override
    @SuppressWarnings("EqualsDoesntCheckParameterClass") // the helper does
    public final boolean equals(@Nullable Object o) {
        return MeterEquivalence.equals(this, o);
    }

    @Override
    public final int hashCode() {
        return MeterEquivalence.hashCode(this);
    }
}
