package io.loom.metrics.prometheus.contract;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.tck.MeterRegistryCompatibilityKit;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.time.Duration;

/** The kit, which {@link CompatibilityTest} runs and counts. */
class CompatibilityKit extends MeterRegistryCompatibilityKit {
    @Override
    public MeterRegistry registry() {
        return LoomPrometheusRegistry.builder().clock(new MockClock()).build();
    }

    @Override
    public Duration step() {
        return PrometheusConfig.DEFAULT.step();
    }
}
