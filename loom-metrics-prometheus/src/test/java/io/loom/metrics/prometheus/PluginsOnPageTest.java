package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.health.HealthResult;
import io.loom.metrics.health.MetricValue;
import io.loom.metrics.health.MonitorPlugin;
import io.loom.metrics.health.Plugins;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics of plugins on our page. */
class PluginsOnPageTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Map<String, MetricValue> given = new LinkedHashMap<>();
    private Plugins plugins;

    @BeforeEach
    void bindLoom() {
        LoomMetrics.builder(registry).processMetrics(false).build();
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    @Test
    void page_withThePluginOfTheGuide_hasItsMetrics() throws Exception {
        given.put("custom_metric", MetricValue.of(42));
        given.put("another_metric", MetricValue.of(100, "type", "test"));
        start();

        assertThat(lines("custom_metric", "another_metric")).isEqualTo("""
                # HELP another_metric Reported by the plugin custom.
                # TYPE another_metric gauge
                another_metric{type="test"} 100
                # HELP custom_metric Reported by the plugin custom.
                # TYPE custom_metric gauge
                custom_metric 42
                """);
        assertThat(TextPage.parse(registry.scrape()).value("loom_metrics_plugin_failures_total", "plugin", "custom"))
                .isZero();
    }

    @Test
    void page_withNamesThatPrometheusCannotRead_hasLegalOnes() throws Exception {
        given.put("9 lives!", MetricValue.of(1, "wie schön", "ja\n\"\\"));
        given.put("queue.length", MetricValue.of(2));
        start();

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.value("queue_length")).isEqualTo(2);
        assertThat(page.samples().keySet())
                .anySatisfy(series -> assertThat(series.labels())
                        .containsEntry("wie_sch_n", "ja\n\"\\")
                        .hasSize(1));
    }

    @Test
    void page_withClashes_hasWhatWasThereBefore() throws Exception {
        registry.timer("story").record(1, TimeUnit.SECONDS);
        registry.gauge("depth", 7);
        given.put("story_seconds_max", MetricValue.of(99));
        given.put("story_seconds", MetricValue.of(99));
        given.put("story.seconds.sum", MetricValue.of(99));
        given.put("depth", MetricValue.of(99, "a", "b"));
        given.put("loom_sessions_active", MetricValue.of(99));
        given.put("tide.level", MetricValue.of(1));
        given.put("tide_level", MetricValue.of(2));
        given.put("moon", MetricValue.of(1, "a.b", "x").and(2, "a_b", "x"));
        given.put("sun", MetricValue.of(1, "a.b", "x", "a_b", "x"));
        start();

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.samples()).doesNotContainValue(99.0);
        assertThat(page.value("depth")).isEqualTo(7);
        assertThat(page.value("story_seconds_max")).isEqualTo(1);
        assertThat(page.value("tide_level")).isEqualTo(1);
        assertThat(page.value("moon", "a_b", "x")).isEqualTo(1);
        assertThat(page.families()).doesNotContainKey("sun");
        assertThat(page.value("loom_metrics_plugin_failures_total", "plugin", "custom"))
                .isGreaterThanOrEqualTo(8);
        plugins.close();
        assertThat(TextPage.parse(registry.scrape()).samples().keySet())
                .extracting(TextPage.Series::name)
                .contains("depth", "story_seconds_max")
                .doesNotContain("tide_level", "moon");
    }

    @Test
    void page_ofARegistryThatThrowsOnClashes_isAsGood() throws Exception {
        registry.throwExceptionOnRegistrationFailure();
        registry.timer("story").record(1, TimeUnit.SECONDS);
        given.put("story_seconds_max", MetricValue.of(99));
        given.put("good", MetricValue.of(1));
        start();

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.value("good")).isEqualTo(1);
        assertThat(page.value("story_seconds_max")).isEqualTo(1);
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .doesNotContain("story_seconds_max");
    }

    @Test
    void page_whileAPluginHangs_isThereWithoutIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        plugins = Plugins.builder(registry)
                .timeout(Duration.ofHours(1))
                .plugin(new Custom() {
                    @Override
                    public Map<String, MetricValue> collectMetrics() throws InterruptedException {
                        inside.countDown();
                        new CountDownLatch(1).await();
                        return Map.of();
                    }
                })
                .start();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(TextPage.parse(registry.scrape()).value("loom_metrics_plugin_failures_total", "plugin", "custom"))
                .isZero();
    }

    /** The last metric tells that all before it were looked at. */
    private void start() throws Exception {
        given.put("zz_last", MetricValue.of(1));
        plugins = Plugins.builder(registry)
                .interval(Duration.ofHours(1))
                .timeout(Duration.ofMinutes(1))
                .plugin(new Custom())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!registry.scrape().contains("zz_last 1") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(registry.scrape()).contains("zz_last 1");
    }

    private String lines(String... names) {
        StringBuilder lines = new StringBuilder();
        registry.scrape()
                .lines()
                .filter(line -> contains(line, names))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private static boolean contains(String line, String... names) {
        for (String name : names) {
            if (line.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private class Custom implements MonitorPlugin {
        @Override
        public String name() {
            return "custom";
        }

        @Override
        public Map<String, MetricValue> collectMetrics() throws InterruptedException {
            return given;
        }

        @Override
        public HealthResult checkHealth() {
            return HealthResult.healthy("All systems operational");
        }
    }
}
