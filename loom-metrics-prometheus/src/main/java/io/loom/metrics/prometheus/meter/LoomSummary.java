package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.util.MeterEquivalence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A distribution summary that is its own cell and its own lines on the page. Thread-safe; recording is lock-free and never allocates. Amounts go into their bucket as
 * they are, fractions included; negative, NaN and infinite ones are dropped.
 *
 * <p>The exception is a summary with client-side percentiles: {@link Percentiles} locks.
 */
public final class LoomSummary extends HistogramCell implements DistributionSummary, Samples {
    private final Meter.Id id;
    private final BucketTexts buckets;
    private final Clock clock;
    private final double scale;
    private final @Nullable Percentiles percentiles;

    /**
     * Creates a summary that has recorded nothing.
     *
     * @param scale what every amount is multiplied with
     * @param percentiles what computes percentiles in this process; null for none
     */
    public LoomSummary(Meter.Id id, Clock clock, BucketTexts buckets, double scale, @Nullable Percentiles percentiles) {
        super(buckets.layout());
        this.id = id;
        this.clock = clock;
        this.buckets = buckets;
        this.scale = scale;
        this.percentiles = percentiles;
    }

    @Override
    public void record(double amount) {
        double scaled = amount * scale;
        if (scaled >= 0 && scaled <= Double.MAX_VALUE) {
            recordAmount(scaled);
            if (percentiles != null) {
                percentiles.record(scaled);
            }
        }
    }

    @Override
    public double totalAmount() {
        return sumAmounts();
    }

    @Override
    public double max() {
        return maxAmount(clock.monotonicTime());
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
        return Distributions.snapshot(this, sumAmounts(), max(), percentiles);
    }

    @Override
    public void close() {
        if (percentiles != null) {
            percentiles.close();
        }
    }

    @Override
    public Meter.Id getId() {
        return id;
    }

    @Override
    public Meter.Id owner() {
        return id;
    }

    @Override
    public long peek() {
        return super.peek() + buckets.size(); // the first and the last that is read
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        Distributions.visit(this, buckets, percentiles, labels, visitor);
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
