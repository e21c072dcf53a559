package io.loom.metrics.health;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what one plugin does wrong, and logs the first of each minute. Thread-safe. */
final class PluginFailures {
    private static final Logger log = LoggerFactory.getLogger(Plugins.class);
    private static final LoomMeter METER = LoomMeter.METRICS_PLUGIN_FAILURES;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final String plugin;
    private final Clock clock;
    private final Counter counter;
    private final AtomicLong loggedAt = new AtomicLong(NEVER);

    /** The counter is at 0 from now on. */
    PluginFailures(MeterRegistry registry, String plugin) {
        this.plugin = plugin;
        this.clock = registry.config().clock();
        this.counter = Counter.builder(METER.meterName())
                .description(METER.spec().help())
                .tag(METER.labels().get(0).key(), plugin)
                .register(registry);
    }

    void count(int failures, String first) {
        counter.increment(failures);
        if (mayLog()) {
            log.warn(
                    "plugin {}: {}. More are counted in loom_metrics_plugin_failures_total but not logged for a minute.",
                    plugin,
                    first);
        }
    }

    private boolean mayLog() {
        long now = clock.monotonicTime();
        long last = loggedAt.get();
        return (last == NEVER || now - last >= QUIET_NANOS) && loggedAt.compareAndSet(last, now);
    }
}
