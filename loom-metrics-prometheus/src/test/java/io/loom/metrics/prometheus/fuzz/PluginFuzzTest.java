package io.loom.metrics.prometheus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.health.Health;
import io.loom.metrics.health.Plugins;
import io.loom.metrics.health.PluginsBuilder;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plugins that do everything wrong, beside meters that are right. */
class PluginFuzzTest {
    private static final int SEEDS = 6;
    private static final int PLUGINS = 4;
    private static final int CALLS = 40;
    private static final int LIMIT = 50;
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void page_whateverPluginsDo_staysValidAndKeepsWhatIsOurs() throws Exception {
        Set<RandomPlugin.Deed> done = EnumSet.noneOf(RandomPlugin.Deed.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            done.addAll(run(seed));
        }
        assertThat(done).containsExactlyInAnyOrder(RandomPlugin.Deed.values());
    }

    private static Set<RandomPlugin.Deed> run(int seed) throws Exception {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        LoomMetrics loom = LoomMetrics.builder(registry).processMetrics(false).build();
        registry.counter("ours").increment(7);
        List<RandomPlugin> all = new ArrayList<>();
        PluginsBuilder builder = Plugins.builder(registry)
                .interval(Duration.ofNanos(1))
                .timeout(Duration.ofMillis(20))
                .seriesLimit(LIMIT);
        for (int i = 0; i < PLUGINS; i++) {
            RandomPlugin plugin = new RandomPlugin("p" + i, 31L * seed + i);
            all.add(plugin);
            builder.plugin(plugin);
        }
        try (Plugins plugins = builder.start();
                Health health = Health.builder()
                        .plugins(plugins)
                        .timeout(Duration.ofMillis(20))
                        .cacheTime(Duration.ZERO)
                        .build()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            do {
                loom.cache("response").hit();
                assertValid(registry, seed);
                assertThat(health.report().components()).hasSize(1 + PLUGINS);
            } while (!all.stream().allMatch(plugin -> plugin.calls() >= CALLS) && System.nanoTime() < end);
            assertThat(all).allMatch(plugin -> plugin.calls() >= CALLS);
            assertThat(all).allMatch(plugin -> failures(registry, plugin) > 0);
        } finally {
            all.forEach(RandomPlugin::letGo);
        }
        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getType() == Meter.Type.GAUGE)
                        .map(Meter.Id::getName)
                        .filter(name -> !name.startsWith("loom.") && !name.startsWith("http.")))
                .as("seed %d", seed)
                .isEmpty();
        return all.stream().flatMap(plugin -> plugin.deeds().stream()).collect(Collectors.toSet());
    }

    private static void assertValid(LoomPrometheusRegistry registry, int seed) throws IOException {
        TextPage text = TextPage.parse(registry.scrape());
        assertThat(text.value("ours_total")).as("seed %d", seed).isEqualTo(7);
        assertThat(text.samples().keySet().stream()
                        .filter(series -> series.labels().containsKey(RandomPlugin.MARK)))
                .as("seed %d", seed)
                .hasSizeLessThanOrEqualTo(PLUGINS * LIMIT);
        ByteArrayOutputStream openMetrics = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.OPENMETRICS, openMetrics);
        OpenMetricsPage.parse(openMetrics.toByteArray());
    }

    private static double failures(LoomPrometheusRegistry registry, RandomPlugin plugin) {
        return TextPage.parse(registry.scrape()).value("loom_metrics_plugin_failures_total", "plugin", plugin.name());
    }
}
