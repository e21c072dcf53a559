package io.loom.metrics.prometheus.spring;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.LoomPrometheusRegistryBuilder;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.ConditionalOnEnabledMetricsExport;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Our registry in the place of Micrometer's own for Prometheus. {@link InPlaceOfBoots} keeps Boot's away, unless the application
 * has a {@link PrometheusMeterRegistry} itself: then all is Boot's.
 */
@AutoConfiguration(
        before = {CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class},
        after = MetricsAutoConfiguration.class)
@ConditionalOnClass(MetricsAutoConfiguration.class)
@ConditionalOnBean(Clock.class)
@ConditionalOnEnabledMetricsExport("prometheus")
@ConditionalOnBooleanProperty(name = InPlaceOfBoots.ENABLED, matchIfMissing = true)
public final class LoomPrometheusAutoConfiguration {
    LoomPrometheusAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean({LoomPrometheusRegistry.class, PrometheusMeterRegistry.class})
    LoomPrometheusRegistry loomPrometheusRegistry(
            Clock clock,
            Environment environment,
            ObjectProvider<PrometheusConfig> config,
            ObjectProvider<PrometheusRegistry> others) {
        LoomPrometheusRegistryBuilder builder = LoomPrometheusRegistry.builder()
                .clock(clock)
                .config(config.getIfAvailable(() -> new EnvironmentConfig(environment)));
        others.ifUnique(registry -> builder.include("prometheus_registry", registry));
        return builder.build();
    }

    /** What Boot would do without us. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(PrometheusMeterRegistry.class)
    @Import(Boots.class)
    static class BootsConfiguration {}

    /** A plain import would pass {@link InPlaceOfBoots} too, as all that auto-configurations import. */
    static final class Boots implements DeferredImportSelector {
        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {PrometheusMetricsExportAutoConfiguration.class.getName()};
        }
    }
}
