package io.loom.metrics.examples;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.health.CardinalityCheck;
import io.loom.metrics.health.DiskCheck;
import io.loom.metrics.health.Health;
import io.loom.metrics.health.HealthBuilder;
import io.loom.metrics.health.HeapCheck;
import io.loom.metrics.health.LlmProviderCheck;
import io.loom.metrics.health.Plugins;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is checked of the service. A provider that is down is no reason to take the service out: others stand in for it. */
final class HealthOfService {
    private HealthOfService() {}

    /** {@return the health; the providers are those that have a model by now} */
    static Health of(MeterRegistry registry, Plugins plugins) {
        HealthBuilder builder = Health.builder()
                .plugins(plugins)
                .check("heap", HeapCheck.of())
                .check("disk", DiskCheck.of(Path.of(".")))
                .check("cardinality", CardinalityCheck.of(registry));
        for (String provider : providers(registry)) {
            builder.check("llm." + provider, LlmProviderCheck.of(registry, provider));
        }
        return builder.readiness("heap", "disk").build();
    }

    private static Set<String> providers(MeterRegistry registry) {
        Collection<Counter> models =
                registry.find(LoomMeter.LLM_REQUESTS.meterName()).counters();
        return models.stream()
                .map(model -> model.getId().getTag(Label.PROVIDER.key()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
