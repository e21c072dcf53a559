package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.ExponentialLayout;
import io.loom.metrics.prometheus.meter.ExemplarSampler;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link LoomPrometheusRegistry}: default configuration, the system clock, maxima shown, no times of creation, no
 * exemplars, no native histograms. Not thread-safe.
 */
public final class LoomPrometheusRegistryBuilder {
    private static final Duration DEFAULT_EXEMPLAR_INTERVAL = Duration.ofSeconds(10);

    private PrometheusConfig config = PrometheusConfig.DEFAULT;
    private Clock clock = Clock.SYSTEM;
    private boolean maxima = true;
    private boolean created;
    private @Nullable SpanContext spanContext;
    private Duration exemplarInterval = DEFAULT_EXEMPLAR_INTERVAL;
    private NativeHistograms nativeHistograms = NativeHistograms.NONE;

    LoomPrometheusRegistryBuilder() {}

    /** Sets whether to show descriptions, and the step of the windows of maxima. */
    public LoomPrometheusRegistryBuilder config(PrometheusConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /** Sets what timers read. */
    public LoomPrometheusRegistryBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets whether timers and summaries show a {@code _max} gauge, as they do in Micrometer's registry. */
    public LoomPrometheusRegistryBuilder maxima(boolean shown) {
        this.maxima = shown;
        return this;
    }

    /**
     * Sets whether counters, timers and summaries tell in OpenMetrics when they were created, by a sample {@code _created}. It
     * costs a line and 24 bytes for each series. Off unless set.
     */
    public LoomPrometheusRegistryBuilder created(boolean shown) {
        this.created = shown;
        return this;
    }

    /**
     * Sets where exemplars come from, so that counters and buckets lead to traces, in OpenMetrics. OpenTelemetry's is {@code
     * io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext}. It is asked by the thread that records, and only sampled spans
     * count. Where it throws there is no exemplar. None unless set.
     */
    public LoomPrometheusRegistryBuilder spanContext(SpanContext spanContext) {
        this.spanContext = Objects.requireNonNull(spanContext, "spanContext");
        return this;
    }

    /**
     * Sets how long an exemplar stays at least, on each counter and in each bucket: 10 seconds unless set.
     *
     * @throws IllegalArgumentException if {@code minimum} is negative
     */
    public LoomPrometheusRegistryBuilder exemplarInterval(Duration minimum) {
        if (minimum.isNegative()) {
            throw new IllegalArgumentException("exemplar interval must not be negative: was " + minimum);
        }
        this.exemplarInterval = minimum;
        return this;
    }

    /**
     * Makes a timer or a summary a native histogram, too: one of exponential buckets, which only {@link
     * ExpositionFormat#PROTOBUF} shows. Beware: a Prometheus that knows native histograms stores no {@code _bucket} of it.
     *
     * @param meterName Micrometer's name of the meter
     * @param schema to begin with, 0 to 8: each octave has 2<sup>schema</sup> buckets
     * @param maxBuckets 8 to 1,000: when more have values, the schema becomes coarser by one; 160 is usual
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistogram(String meterName, int schema, int maxBuckets) {
        return nativeHistograms(Objects.requireNonNull(meterName, "meterName")::equals, schema, maxBuckets);
    }

    /**
     * Makes timers and summaries native histograms, too, as {@link #nativeHistogram} does. Of what is said about a meter the
     * first counts.
     *
     * @param meterNames asked for each timer and summary that is registered, by Micrometer's name
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistograms(Predicate<String> meterNames, int schema, int maxBuckets) {
        nativeHistograms = nativeHistograms.and(
                Objects.requireNonNull(meterNames, "meterNames"), new ExponentialLayout(schema, maxBuckets));
        return this;
    }

    /** {@return the registry} */
    public LoomPrometheusRegistry build() {
        ExemplarSampler sampler =
                spanContext == null ? null : new ExemplarSampler(spanContext, clock, exemplarInterval);
        return new LoomPrometheusRegistry(config, clock, maxima, created, sampler, nativeHistograms);
    }
}
