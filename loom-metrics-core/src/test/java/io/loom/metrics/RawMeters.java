package io.loom.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.UnaryOperator;

/** Counters that are registered with Micrometer directly, in a registry of their own. */
record RawMeters(MeterRegistry registry) {
    RawMeters() {
        this(new SimpleMeterRegistry());
    }

    /** Builds loom's meters with bounds on all meters. */
    LoomMetrics bounded() {
        return bounded(builder -> builder);
    }

    LoomMetrics bounded(UnaryOperator<LoomMetricsBuilder> settings) {
        return settings.apply(
                        LoomMetrics.builder(registry).processMetrics(false).boundAllMeters(true))
                .build();
    }

    void count(String name, String... tags) {
        registry.counter(name, tags).increment();
    }

    int seriesOf(String name) {
        return registry.find(name).meters().size();
    }

    /** The value of a counter that exists. */
    double value(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** The sum over all series of a counter that have these tags. */
    double sum(String name, String... tags) {
        return registry.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** How often a value of a label folded; its counter must exist. */
    double overflow(String meter, String label) {
        return value("loom.metrics.overflow", "meter", meter, "label", label);
    }
}
