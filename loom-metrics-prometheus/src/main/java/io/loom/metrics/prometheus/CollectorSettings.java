package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.collector.ForeignCollectors;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.util.Map;

/**
 * What a registry shows of others.
 *
 * @param collectors by their names, in the order in which they were added
 * @param timeout how long a scrape waits for them
 * @param seriesLimit how many series each may have
 */
record CollectorSettings(Map<String, MultiCollector> collectors, Duration timeout, int seriesLimit) {
    static final CollectorSettings NONE = new CollectorSettings(Map.of(), Duration.ofSeconds(2), 100_000);

    ForeignCollectors startFor(MeterRegistry registry) {
        return new ForeignCollectors(
                collectors, timeout, seriesLimit, new CollectorFailures(registry, collectors.keySet()));
    }
}
