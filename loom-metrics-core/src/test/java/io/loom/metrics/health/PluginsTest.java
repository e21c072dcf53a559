package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Eventually;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginsTest {
    private static final Map<String, MetricValue> OF_THE_GUIDE =
            Map.of("custom_metric", MetricValue.of(42), "another_metric", MetricValue.of(100, "type", "test"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PluginsBuilder builder =
            Plugins.builder(registry).interval(Duration.ofMillis(1)).timeout(Duration.ofMinutes(1));
    private volatile Map<String, MetricValue> given = OF_THE_GUIDE;
    private Plugins plugins;

    @AfterEach
    void close() {
        plugins.close();
    }

    @Test
    void start_withThePluginOfTheGuide_showsItsMetrics() throws Exception {
        start();

        Eventually.holds(() -> shows("custom_metric", 42) && shows("another_metric", 100, "type", "test"));
        assertThat(registry.get("custom_metric").gauge().getId().getDescription())
                .isEqualTo("Reported by the plugin it.");
        assertThat(failures()).isZero();
        assertThat(plugins.names()).containsExactly("it");
    }

    @Test
    void metrics_thatChange_areShownAsTheyAreNow() throws Exception {
        start();
        Eventually.holds(() -> shows("custom_metric", 42));
        Meter before = registry.get("custom_metric").meter();

        given = Map.of("custom_metric", MetricValue.of(-7), "another_metric", MetricValue.of(1, "kind", "other"));

        Eventually.holds(() -> shows("custom_metric", -7) && shows("another_metric", 1, "kind", "other"));
        assertThat(registry.find("another_metric").tags("type", "test").meter()).isNull();
        assertThat(registry.get("custom_metric").meter()).isSameAs(before);
        assertThat(failures()).isZero();
    }

    @Test
    void metrics_withCommonTagsAndAPrefix_haveThem() throws Exception {
        registry.config().commonTags("service", "tales").meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName("tales." + id.getName());
            }
        });
        start();

        Eventually.holds(() -> shows("tales.custom_metric", 42, "service", "tales"));
        given = Map.of();
        Eventually.holds(() -> registry.find("tales.custom_metric").meter() == null);
    }

    @Test
    void metrics_thatAFilterDenies_areNowhereAndNoFailure() throws Exception {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("custom"));
        start();

        Eventually.holds(() -> shows("another_metric", 100, "type", "test"));
        assertThat(registry.find("custom_metric").meter()).isNull();
        assertThat(failures()).isZero();
    }

    @Test
    void metric_namedAsAMeterOfOthers_isLeftOutAndTheMeterStays() throws Exception {
        Gauge theirs = Gauge.builder("custom_metric", () -> 1).register(registry);
        Counter counter = registry.counter("another.metric");
        start();

        Eventually.holds(() -> failures() >= 4);
        assertThat(registry.get("custom_metric").meter()).isSameAs(theirs);
        assertThat(theirs.value()).isEqualTo(1);
        assertThat(registry.find("another_metric").meter()).isNull();
        plugins.close();
        assertThat(registry.get("custom_metric").meter()).isSameAs(theirs);
        assertThat(registry.get("another.metric").meter()).isSameAs(counter);
    }

    @Test
    void metric_thatAFilterMakesAMeterOfOthers_isLeftOutAndTheMeterStays() throws Exception {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("custom_metric") ? id.withName("theirs") : id;
            }
        });
        Gauge theirs = Gauge.builder("theirs", () -> 1).register(registry);
        start();

        Eventually.holds(() -> failures() >= 2);
        given = Map.of();
        plugins.close();
        assertThat(registry.get("theirs").meter()).isSameAs(theirs);
    }

    @Test
    void metric_namedAsOneOfTheCatalogue_isLeftOut() throws Exception {
        given = Map.of("http_requests_total", MetricValue.of(1), "good", MetricValue.of(1));
        start();

        Eventually.holds(() -> failures() >= 2 && shows("good", 1));
        assertThat(registry.find("http_requests_total").meter()).isNull();
    }

    @Test
    void metric_ofTwoPlugins_isThatOfTheFirst() throws Exception {
        builder.plugin(TestPlugin.of("first", () -> Map.of("shared", MetricValue.of(1))));
        given = Map.of("own", MetricValue.of(2));
        start();
        Eventually.holds(() -> shows("shared", 1));
        given = Map.of("own", MetricValue.of(3), "shared", MetricValue.of(2, "a", "b"));

        Eventually.holds(() -> failures() >= 1 && shows("own", 3));
        assertThat(registry.get("shared").gauges()).hasSize(1);
    }

    @Test
    void metrics_ofAFlood_areCutAndCounted() throws Exception {
        builder.seriesLimit(1);
        start();

        Eventually.holds(() -> failures() >= 1);
        assertThat(registry.getMeters().stream().filter(meter -> meter instanceof Gauge))
                .hasSize(1);
    }

    @Test
    void health_ofAPlugin_isAComponent() throws Exception {
        builder.plugin(new TestPlugin("own", Map::of, () -> HealthResult.degraded("All systems operational, but one")));
        start();
        try (Health health = Health.builder()
                .timeout(Duration.ofMinutes(1))
                .cacheTime(Duration.ZERO)
                .plugins(plugins)
                .build()) {
            assertThat(health.report().components().keySet()).containsExactly("deadlock", "plugin.own", "plugin.it");
            assertThat(health.report().components().get("plugin.own").details())
                    .isEqualTo("All systems operational, but one");
            assertThat(health.report().components().get("plugin.it").status()).isEqualTo(HealthStatus.HEALTHY);

            given = null;
            Eventually.holds(() -> health.report().components().get("plugin.it").status() == HealthStatus.DEGRADED);
            assertThat(health.report().components().get("plugin.it").details())
                    .isEqualTo("metrics: it gave no metrics");

            given = OF_THE_GUIDE;
            Eventually.holds(() -> health.report().components().get("plugin.it").status() == HealthStatus.HEALTHY);
        }
    }

    @Test
    void close_takesTheGaugesAwayAndCallsNothingAnyMore() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        builder.plugin(TestPlugin.of("counted", () -> {
            calls.incrementAndGet();
            return OF_THE_GUIDE;
        }));
        start();
        Eventually.holds(() -> shows("custom_metric", 42) && calls.get() > 1);

        plugins.close();
        plugins.close();

        int atTheEnd = calls.get();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsOnly("loom.metrics.plugin.failures");
        assertThat(calls).hasValue(atTheEnd);
    }

    private void start() {
        plugins = builder.plugin(TestPlugin.of("it", () -> given)).start();
    }

    private boolean shows(String name, double value, String... tags) {
        Gauge gauge = registry.find(name).tags(Tags.of(tags)).gauge();
        return gauge != null && gauge.value() == value;
    }

    private double failures() {
        return registry.get("loom.metrics.plugin.failures")
                .tag("plugin", "it")
                .counter()
                .count();
    }
}
