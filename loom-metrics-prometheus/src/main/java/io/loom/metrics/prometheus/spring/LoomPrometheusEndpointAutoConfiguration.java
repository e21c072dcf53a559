package io.loom.metrics.prometheus.spring;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The page of our registry at {@code /actuator/prometheus}, where the actuator exposes it. */
@AutoConfiguration(after = LoomPrometheusAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(LoomPrometheusRegistry.class)
@ConditionalOnAvailableEndpoint(LoomPrometheusEndpoint.class)
public final class LoomPrometheusEndpointAutoConfiguration {
    LoomPrometheusEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LoomPrometheusEndpoint loomPrometheusEndpoint(LoomPrometheusRegistry registry) {
        return new LoomPrometheusEndpoint(registry);
    }
}
