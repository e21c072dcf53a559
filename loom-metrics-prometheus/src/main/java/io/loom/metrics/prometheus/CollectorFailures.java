package io.loom.metrics.prometheus;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.prometheus.collector.CollectorFailure;
import io.loom.metrics.prometheus.collector.FailureListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Counts what foreign collectors do wrong, and warns of each kind once. Thread-safe. */
final class CollectorFailures implements FailureListener {
    private static final Logger log = LoggerFactory.getLogger(CollectorFailures.class);
    private static final LoomMeter METER = LoomMeter.METRICS_COLLECTOR_FAILURES;

    private final MeterRegistry registry;
    private final Set<String> collectors;
    private final Set<Counter> warned = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;

    CollectorFailures(MeterRegistry registry, Set<String> collectors) {
        this.registry = registry;
        this.collectors = collectors;
    }

    /** All that can happen is at 0 from the first scrape on; the registry's filters and common tags are there by then. */
    @Override
    public void begins() {
        if (!begun) {
            for (String collector : collectors) {
                for (CollectorFailure failure : CollectorFailure.values()) {
                    counter(collector, failure);
                }
            }
            begun = true; // a rival finds the same counters
        }
    }

    @Override
    public void failed(String collector, CollectorFailure failure, @Nullable Object what) {
        Counter counter = counter(collector, failure);
        counter.increment();
        Level level = warned.add(counter) ? Level.WARN : Level.DEBUG; // each scrape comes by here
        log.atLevel(level)
                .setCause(what instanceof Throwable cause ? cause : null)
                .log(
                        "collector {}: {}: {}. The page goes on without it; more of the kind are counted in"
                                + " loom_metrics_collector_failures_total",
                        collector,
                        failure.text(),
                        what);
    }

    private Counter counter(String collector, CollectorFailure failure) {
        return Counter.builder(METER.meterName())
                .description(METER.spec().help())
                .tag(METER.labels().get(0).key(), collector)
                .tag(METER.labels().get(1).key(), failure.label())
                .register(registry);
    }
}
