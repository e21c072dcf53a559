package io.loom.metrics.health;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitor plugins, whose metrics are gauges of a registry.
 *
 * <pre>{@code
 * Plugins plugins = Plugins.builder(registry).discover().plugin(new QueuePlugin()).start();
 * Health health = Health.builder().plugins(plugins).build();
 * }</pre>
 *
 * <p>Thread-safe. Plugins are called at an interval, each on a daemon thread of its own, so a scrape waits for none of them. One that
 * throws, hangs, gives too much or nothing is called less often, down to every five minutes, until it does better. What it gave
 * before is taken away meanwhile, as is what it does not give any more. A series that cannot be shown costs itself alone: its name or
 * a label is illegal, its value is NaN, or a meter of others has its name. All of that is counted in {@code
 * loom_metrics_plugin_failures_total}, and logged at most once a minute for each plugin.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_REGISTRY = Duration.ofSeconds(10);

    private final Map<String, PluginRunner> runners = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor loop;
    private final ExecutorService workers;
    private final AtomicBoolean closed = new AtomicBoolean();

    Plugins(MeterRegistry registry, Map<String, MonitorPlugin> plugins, PluginSettings settings) {
        this.loop = new ScheduledThreadPoolExecutor(1, Daemons.named("loom-plugins"));
        loop.setRemoveOnCancelPolicy(true);
        this.workers = Daemons.pool("loom-plugin", plugins.size());
        RegistryWatch watch = new RegistryWatch(registry);
        plugins.forEach(
                (name, plugin) -> runners.put(name, new PluginRunner(name, plugin, settings, watch, loop, workers)));
    }

    /** {@return a builder of plugins whose metrics are shown by {@code registry}} */
    public static PluginsBuilder builder(MeterRegistry registry) {
        return new PluginsBuilder(registry);
    }

    /** {@return the names of the plugins, in the order in which they were added} */
    public Set<String> names() {
        return Collections.unmodifiableSet(runners.keySet());
    }

    /** Calls no plugin any more, interrupts those that hang, and takes their gauges away. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean ended = Daemons.end(loop, PATIENCE_WITH_REGISTRY);
        Daemons.end(workers, PATIENCE);
        if (ended) {
            runners.values().forEach(PluginRunner::clear);
        } else {
            log.warn("the registry does not answer, so gauges of plugins stay in it");
        }
    }

    void start() {
        runners.values().forEach(runner -> loop.execute(runner::call));
    }

    /** {@return the plugins' health, by their names} */
    Map<String, HealthCheck> checks() {
        Map<String, HealthCheck> checks = new LinkedHashMap<>();
        runners.forEach((name, runner) -> checks.put(name, runner::health));
        return checks;
    }
}
