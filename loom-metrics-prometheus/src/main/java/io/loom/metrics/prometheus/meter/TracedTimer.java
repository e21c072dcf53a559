package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.spi.CountedDurations;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A timer with an exemplar for each of its buckets, or with one where they are exponential only. As {@link LoomTimer} else. */
final class TracedTimer extends LoomTimer {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ExemplarSampler sampler;
    private final Exemplars exemplars;

    TracedTimer(Meter.Id id, Clock clock, BucketTexts buckets, @Nullable Extras extras, ExemplarSampler sampler) {
        super(id, clock, buckets, extras);
        this.sampler = sampler;
        this.exemplars = new Exemplars(buckets.size());
    }

    @Override
    public void recordNanos(long nanos) {
        super.recordNanos(nanos);
        offer(nanos);
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        visitor.exemplars(exemplars);
        super.visit(labels, visitor);
    }

    @Override
    public @Nullable CountedDurations countedBy(Counter counter) {
        return traced(super.countedBy(counter));
    }

    @Override
    public @Nullable CountedDurations countedSeldomBy(Counter counter, CountedDurations frequent) {
        return traced(super.countedSeldomBy(counter, frequent));
    }

    private @Nullable CountedDurations traced(@Nullable CountedDurations durations) {
        return durations == null ? null : new TracedDurations(durations, this::offer);
    }

    private void offer(long nanos) {
        sampler.offer(nanos / NANOS_PER_SECOND, exemplars, layout().indexOfNanos(nanos));
    }
}
