package io.loom.metrics.prometheus.http;

import io.loom.metrics.health.Health;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a {@link MonitoringSite}: metrics alone, unless more is asked for. Not thread-safe. */
public final class MonitoringSiteBuilder {
    private final LoomPrometheusRegistry registry;
    private @Nullable MetricsPage metrics;
    private @Nullable Health health;
    private boolean api;
    private boolean dashboard;

    MonitoringSiteBuilder(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /** Sets the page of metrics, in place of one with all defaults. */
    public MonitoringSiteBuilder metrics(MetricsPage page) {
        this.metrics = Objects.requireNonNull(page, "page");
        return this;
    }

    /** Tells the health at {@code /health}, {@code /health/live} and {@code /health/ready}. Closing the site does not close it. */
    public MonitoringSiteBuilder health(Health health) {
        this.health = Objects.requireNonNull(health, "health");
        return this;
    }

    /** Tells figures as JSON at {@code /api/v1/metrics}. A thread takes samples for them until the site is closed. */
    public MonitoringSiteBuilder api() {
        this.api = true;
        return this;
    }

    /** Serves a live page at {@code /dashboard}, and what it is drawn from: {@link #api}. */
    public MonitoringSiteBuilder dashboard() {
        this.dashboard = true;
        return api();
    }

    /** {@return the site} */
    public MonitoringSite build() {
        Map<String, Page> pages = new HashMap<>();
        List<Runnable> ends = new ArrayList<>();
        pages.put(MonitoringSite.METRICS, Page.exactly(metrics == null ? MetricsPage.of(registry) : metrics));
        if (health != null) {
            pages.put(MonitoringSite.HEALTH, HealthPage.of(health)::answer);
        }
        if (dashboard) {
            pages.put(MonitoringSite.DASHBOARD, DashboardPage.create()::answer);
        }
        if (api) {
            ApiPage page = ApiPage.of(registry);
            pages.put(MonitoringSite.API, page::answer);
            ends.add(page::close);
        }
        return new MonitoringSite(pages, ends);
    }
}
