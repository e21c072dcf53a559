package io.loom.metrics.prometheus.spring;

import io.loom.metrics.LoomMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@link LoomMetrics} on the application's registry, whichever it is: where there are several, on Boot's composite of all. */
@AutoConfiguration(after = {CompositeMeterRegistryAutoConfiguration.class, SystemMetricsAutoConfiguration.class})
@ConditionalOnClass(CompositeMeterRegistryAutoConfiguration.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = InPlaceOfBoots.ENABLED, matchIfMissing = true)
public final class LoomMetricsAutoConfiguration {
    LoomMetricsAutoConfiguration() {}

    /** Unless the application has its own, which registers the process metrics itself. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(LoomMetrics.class)
    static class Standard {
        @Bean
        LoomMetrics loomMetrics(MeterRegistry registry) {
            return LoomMetrics.builder(registry).processMetrics(false).build();
        }

        /**
         * Boot calls binders in the order of their beans, once all other beans are there. Behind its own, so that the start time of
         * the process is left to these: two would make Micrometer warn.
         */
        @Bean
        MeterBinder loomProcessMetrics(LoomMetrics loom) {
            return registry -> loom.bindProcessMetrics();
        }
    }
}
