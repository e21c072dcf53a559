package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.meter.ExemplarSampler;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a {@link LoomPrometheusRegistry}: default configuration, the system clock, maxima shown, no times of creation, no exemplars. Not thread-safe. */
public final class LoomPrometheusRegistryBuilder {
    private static final Duration DEFAULT_EXEMPLAR_INTERVAL = Duration.ofSeconds(10);

    private PrometheusConfig config = PrometheusConfig.DEFAULT;
    private Clock clock = Clock.SYSTEM;
    private boolean maxima = true;
    private boolean created;
    private @Nullable SpanContext spanContext;
    private Duration exemplarInterval = DEFAULT_EXEMPLAR_INTERVAL;

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

    /** {@return the registry} */
    public LoomPrometheusRegistry build() {
        ExemplarSampler sampler =
                spanContext == null ? null : new ExemplarSampler(spanContext, clock, exemplarInterval);
        return new LoomPrometheusRegistry(config, clock, maxima, created, sampler);
    }
}
