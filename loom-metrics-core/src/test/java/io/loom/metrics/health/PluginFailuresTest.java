package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LogLines;
import io.loom.metrics.testing.Eventually;
import io.loom.metrics.testing.Sneaky;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plugins that misbehave. */
class PluginFailuresTest {
    /** Of no plugin of other tests, which log at the same time. */
    private static final String NAME = "moody";

    private static final Map<String, MetricValue> GOOD = Map.of("good", MetricValue.of(1));

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PluginsBuilder builder =
            Plugins.builder(registry).interval(Duration.ofMillis(1)).timeout(Duration.ofMinutes(1));
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile Callable<Map<String, MetricValue>> behaviour = () -> GOOD;
    private Plugins plugins;

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void plugin_thatThrows_losesItsMetricsIsCountedAndRecovers(Throwable thrown) throws Exception {
        start();
        Eventually.holds(this::isShown);

        behaviour = () -> Sneaky.raise(thrown);
        Eventually.holds(() -> failures() >= 3);
        assertThat(isShown()).isFalse();

        behaviour = () -> GOOD;
        Eventually.holds(this::isShown);
    }

    @Test
    void plugin_thatFails_isLoggedOnceAMinute() throws Exception {
        try (LogLines log = new LogLines(Plugins.class, "plugin " + NAME)) {
            behaviour = () -> {
                throw new IllegalStateException("no\nconnection");
            };
            start();
            Eventually.holds(() -> failures() >= 4);
            assertThat(log.warnings())
                    .containsExactly("plugin moody: IllegalStateException: no connection. More are counted in"
                            + " loom_metrics_plugin_failures_total but not logged for a minute.");

            double before = failures();
            clock.add(Duration.ofMinutes(1));
            Eventually.holds(() -> failures() >= before + 3); // the line is written between two of them
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void plugin_thatHangs_losesItsMetricsAndIsNotCalledAgainUntilItReturns() throws Exception {
        Hanging hanging = new Hanging();
        builder.timeout(Duration.ofSeconds(3)).plugin(TestPlugin.of("fine", () -> Map.of("fine", MetricValue.of(2))));
        start();
        Eventually.holds(this::isShown);

        behaviour = () -> {
            hanging.pass();
            return Map.of("late", MetricValue.of(1));
        };
        Eventually.holds(() -> failures() == 1 && !isShown());
        behaviour = () -> GOOD;
        assertThat(hanging.inside()).isEqualTo(1);
        assertThat(isShown()).isFalse();
        assertThat(registry.get("fine").gauge().value()).isEqualTo(2);

        hanging.letGo();
        Eventually.holds(this::isShown);
        assertThat(failures()).isEqualTo(1);
        assertThat(registry.find("late").meter()).isNull();
    }

    @Test
    void close_whileAPluginHangs_interruptsItAndLeavesNoThread() throws Exception {
        Hanging hanging = new Hanging();
        behaviour = () -> {
            hanging.pass();
            return GOOD;
        };
        start();
        Eventually.holds(() -> hanging.inside() == 1);

        plugins.close();

        Eventually.holds(() -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(hanging.inside()).isZero();
        assertThat(threads)
                .isNotEmpty()
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getName().startsWith("loom-plugin-"));
        assertThat(isShown()).isFalse();
    }

    @Test
    void pause_afterFailures_doublesUpToABound() {
        Duration interval = Duration.ofSeconds(15);

        assertThat(PluginRunner.pause(interval, 0)).isEqualTo(interval);
        assertThat(PluginRunner.pause(interval, 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(PluginRunner.pause(interval, 4)).isEqualTo(Duration.ofMinutes(4));
        assertThat(PluginRunner.pause(interval, 5)).isEqualTo(Duration.ofMinutes(5));
        assertThat(PluginRunner.pause(interval, Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
        assertThat(PluginRunner.pause(Duration.ofHours(1), 3)).isEqualTo(Duration.ofHours(1));
    }

    private void start() {
        plugins = builder.plugin(TestPlugin.of(NAME, () -> {
                    threads.add(Thread.currentThread());
                    return behaviour.call();
                }))
                .start();
    }

    private boolean isShown() {
        return registry.find("good").meter() != null;
    }

    private double failures() {
        return registry.get("loom.metrics.plugin.failures")
                .tag("plugin", NAME)
                .counter()
                .count();
    }
}
