package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A distribution summary with an exemplar for each of its buckets, or with one where they are exponential only. As {@link LoomSummary} else. */
final class TracedSummary extends LoomSummary {
    private final ExemplarSampler sampler;
    private final Exemplars exemplars;

    TracedSummary(
            Meter.Id id,
            Clock clock,
            BucketTexts buckets,
            double scale,
            @Nullable Extras extras,
            ExemplarSampler sampler) {
        super(id, clock, buckets, scale, extras);
        this.sampler = sampler;
        this.exemplars = new Exemplars(buckets.size());
    }

    @Override
    public void recordAmount(double amount) {
        super.recordAmount(amount);
        sampler.offer(amount, exemplars, layout().indexOfAmount(amount));
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        visitor.exemplars(exemplars);
        super.visit(labels, visitor);
    }
}
