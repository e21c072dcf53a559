package io.loom.metrics.prometheus.spring;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** What Boot's properties say of an export to Prometheus. */
final class EnvironmentConfig implements PrometheusConfig {
    private static final String PREFIX = "management.prometheus.metrics.export.";

    private final Duration step;
    private final boolean descriptions;

    EnvironmentConfig(Environment environment) {
        Binder binder = Binder.get(environment);
        this.step = binder.bind(PREFIX + "step", Duration.class).orElseGet(PrometheusConfig.super::step);
        this.descriptions = binder.bind(PREFIX + "descriptions", Boolean.class).orElse(true);
    }

    @Override
    public @Nullable String get(String key) {
        return null;
    }

    @Override
    public Duration step() {
        return step;
    }

    @Override
    public boolean descriptions() {
        return descriptions;
    }
}
