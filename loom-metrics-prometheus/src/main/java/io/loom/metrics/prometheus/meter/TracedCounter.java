package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.spi.CountedDurations;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;

/** A counter with an exemplar, whose value is the amount that was added last in a sampled span. As {@link LoomCounter} else. */
final class TracedCounter extends LoomCounter {
    private final ExemplarSampler sampler;
    private final Exemplars exemplars = new Exemplars(1);

    TracedCounter(Meter.Id id, ExemplarSampler sampler) {
        super(id);
        this.sampler = sampler;
    }

    @Override
    public void increment() {
        super.increment();
        sampler.offer(1, exemplars, 0);
    }

    @Override
    public void add(double amount) {
        super.add(amount);
        sampler.offer(amount, exemplars, 0);
    }

    @Override
    public void add(long amount) {
        super.add(amount);
        if (amount > 0) {
            sampler.offer((double) amount, exemplars, 0);
        }
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        visitor.exemplars(exemplars);
        super.visit(labels, visitor);
    }

    @Override
    CountedDurations traced(CountedDurations durations) {
        return new TracedDurations(durations, nanos -> sampler.offer(1, exemplars, 0));
    }
}
