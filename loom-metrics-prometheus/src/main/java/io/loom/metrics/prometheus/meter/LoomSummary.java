package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.family.BucketTexts;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A distribution summary that is its own cell and its own lines on the page. Thread-safe; recording is lock-free and never
 * allocates. Amounts go into their bucket as they are, fractions included; negative, NaN and infinite ones are dropped.
 *
 * <p>The exception is a summary with client-side percentiles: {@link Percentiles} locks.
 */
public sealed class LoomSummary extends Distribution implements DistributionSummary permits TracedSummary {
    private final Clock clock;
    private final double scale;

    /**
     * Creates a summary that has recorded nothing.
     *
     * @param scale what every amount is multiplied with
     * @param extras what it records beside its cell; null for nothing
     */
    public LoomSummary(Meter.Id id, Clock clock, BucketTexts buckets, double scale, @Nullable Extras extras) {
        super(id, buckets, extras);
        this.clock = clock;
        this.scale = scale;
    }

    /**
     * {@return a summary that has recorded nothing}
     *
     * @param scale what every amount is multiplied with
     * @param extras what it records beside its cell; null for nothing
     * @param sampler where a histogram takes exemplars from; null for none
     */
    public static LoomSummary of(
            Meter.Id id,
            Clock clock,
            BucketTexts buckets,
            double scale,
            @Nullable Extras extras,
            @Nullable ExemplarSampler sampler) {
        return sampler == null || !isHistogram(buckets, extras)
                ? new LoomSummary(id, clock, buckets, scale, extras)
                : sampler.summary(id, clock, buckets, scale, extras);
    }

    @Override
    public final void record(double amount) {
        double scaled = amount * scale;
        if (scaled >= 0 && scaled <= Double.MAX_VALUE) {
            recordAmount(scaled);
        }
    }

    /** Exemplars come after it: none may be there before all that counts its value. */
    @Override
    public void recordAmount(double amount) {
        super.recordAmount(amount);
        if (extras != null) {
            extras.record(amount);
        }
    }

    @Override
    public final double totalAmount() {
        return sumAmounts();
    }

    @Override
    public final double max() {
        return maxAmount(clock.monotonicTime());
    }

    @Override
    public final HistogramSnapshot takeSnapshot() {
        return snapshot(sumAmounts(), max());
    }
}
