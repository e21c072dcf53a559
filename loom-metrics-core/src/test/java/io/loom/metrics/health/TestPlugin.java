package io.loom.metrics.health;

import java.util.Map;
import java.util.concurrent.Callable;

/** A plugin made of functions. */
record TestPlugin(String name, Callable<Map<String, MetricValue>> metrics, HealthCheck health)
        implements MonitorPlugin {
    static TestPlugin of(String name, Callable<Map<String, MetricValue>> metrics) {
        return new TestPlugin(name, metrics, HealthResult::healthy);
    }

    @Override
    public Map<String, MetricValue> collectMetrics() throws Exception {
        return metrics.call();
    }

    @Override
    public HealthResult checkHealth() throws Exception {
        return health.check();
    }
}
