package io.loom.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Loom's meters over a registry of their own, whose clock stands still until it is told to go on. */
public record TestLoom(MockClock clock, MeterRegistry registry, LoomMetrics loom) {

    public static TestLoom create() {
        return create(builder -> builder);
    }

    public static TestLoom create(UnaryOperator<LoomMetricsBuilder> settings) {
        MockClock clock = new MockClock();
        MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        LoomMetricsBuilder builder = LoomMetrics.builder(registry).processMetrics(false);
        return new TestLoom(clock, registry, settings.apply(builder).build());
    }

    /** What {@code event} changes, as {@link Readings} tells it. */
    public Map<String, Double> deltas(Runnable event) {
        Map<String, Double> before = Readings.of(registry);
        event.run();
        return Readings.deltas(before, Readings.of(registry));
    }

    /** The value of a counter that exists. */
    public double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** The value of a gauge that exists. */
    public double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    public Timer timer(String name, String... tags) {
        return registry.get(name).tags(tags).timer();
    }

    /** The sum over all series of a counter. */
    public double sum(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** How often values of {@code meterName} were rejected for {@code reason}; 0 where never. */
    double rejected(String meterName, Reason reason) {
        Counter counter = registry.find("loom.metrics.rejected")
                .tags("meter", meterName, "reason", reason.label())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    boolean hasMeter(String name, String... tags) {
        Meter meter = registry.find(name).tags(tags).meter();
        return meter != null;
    }
}
