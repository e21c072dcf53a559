package io.loom.metrics.examples;

import io.loom.metrics.examples.llm.ChatService;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * Tells whether figures are of real models and readers: {@code narrative_service_info}. It is a collector of client_java, as a
 * library brings one that does not know of Micrometer. Thread-safe.
 */
final class ServiceInfo implements Collector {
    private final InfoSnapshot info;

    ServiceInfo(ServiceConfig config) {
        this.info = InfoSnapshot.builder()
                .name("narrative_service")
                .help("What answers prompts, and whether the service sends itself requests.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "models",
                                config.chat().map(ChatService::provider).orElse("simulated"),
                                "traffic",
                                Boolean.toString(config.traffic())))
                        .build())
                .build();
    }

    @Override
    public InfoSnapshot collect() {
        return info;
    }
}
