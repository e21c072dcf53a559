package io.loom.metrics.prometheus.spring;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** {@link LoomMetrics} on the application's registry, whichever it is: where there are several, on Boot's composite of all. */
@AutoConfiguration(after = CompositeMeterRegistryAutoConfiguration.class)
@ConditionalOnClass(CompositeMeterRegistryAutoConfiguration.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = InPlaceOfBoots.ENABLED, matchIfMissing = true)
public final class LoomMetricsAutoConfiguration {
    LoomMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LoomMetrics loomMetrics(MeterRegistry registry) {
        return LoomMetrics.of(registry);
    }
}
