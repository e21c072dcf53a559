package io.loom.metrics.prometheus.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps Boot's own export to Prometheus away. With both, every meter would be recorded twice, and two endpoints would have one
 * path. Boot has no condition on a registry of another type that would let its own back off.
 */
public final class InPlaceOfBoots implements AutoConfigurationImportFilter, EnvironmentAware {
    /** The property that switches our auto-configuration off, and so lets Boot's in. */
    static final String ENABLED = "loom.metrics.enabled";

    private static final String BOOTS =
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration";

    private boolean enabled = true;

    /** For Spring. */
    public InPlaceOfBoots() {}

    @Override
    public void setEnvironment(Environment environment) {
        enabled = environment.getProperty(ENABLED, Boolean.class, true);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[autoConfigurations.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = !enabled || !BOOTS.equals(autoConfigurations[i]);
        }
        return wanted;
    }
}
