package io.loom.metrics.prometheus;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Objects;

/** Builds a {@link LoomPrometheusRegistry}: default configuration, the system clock, maxima shown. Not thread-safe. */
public final class LoomPrometheusRegistryBuilder {
    private PrometheusConfig config = PrometheusConfig.DEFAULT;
    private Clock clock = Clock.SYSTEM;
    private boolean maxima = true;

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

    /** {@return the registry} */
    public LoomPrometheusRegistry build() {
        return new LoomPrometheusRegistry(config, clock, maxima);
    }
}
