package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.health.MetricValue;
import io.loom.metrics.health.MonitorPlugin;
import io.loom.metrics.health.Plugins;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.loom.metrics.prometheus.http.MetricsHandler;
import io.micrometer.core.instrument.MockClock;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The typed meters of core on this registry. */
class LoomOnPrometheusTest {
    private static final Path PROC = Path.of("/proc/self/status");

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();

    @ParameterizedTest
    @EnumSource
    void meter_ofTheCatalogue_isOnThePageAsItIsDefined(LoomMeter meter) {
        assumeTrue(Files.exists(PROC) || !meter.name().startsWith("PROCESS_"), "only Linux tells all process metrics");
        LoomPrometheusRegistry all = LoomPrometheusRegistry.builder()
                .collector("other", () -> new MetricSnapshots(List.of()))
                .build();
        new MetricsHandler(all); // registers the duration of scrapes
        OneOfEach.record(OneOfEach.builder(all).build());
        Plugins plugins = Plugins.builder(all).plugin(new NoMetrics()).start();

        TextPage page = TextPage.parse(all.scrape());
        plugins.close();

        String name = nameOnThePage(meter);
        assertThat(page.families().get(name))
                .isEqualTo(new TextPage.Family(
                        name, typeOnThePage(meter), meter.spec().help()));
        Set<String> labels =
                new TreeSet<>(meter.labels().stream().map(Label::key).toList());
        String sample = meter.spec().buckets().upperBounds().length == 0 ? name : name + "_count";
        assertThat(page.samples().keySet())
                .filteredOn(series -> series.name().equals(sample))
                .isNotEmpty()
                .allSatisfy(series -> assertThat(series.labels().keySet()).isEqualTo(labels));
    }

    @Test
    void series_atStart_areAtZeroBeforeTheFirstEvent() {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.llm("anthropic", "claude-x");
        loom.cache("response");

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.value("loom_sessions_total")).isZero();
        assertThat(page.value("loom_sessions_active")).isZero();
        assertThat(page.value("loom_user_satisfaction_score")).isNaN();
        assertThat(page.value("loom_user_interactions_total", "interaction_type", "accept"))
                .isZero();
        assertThat(page.value("loom_cache_hits_total", "cache_type", "response"))
                .isZero();
        assertThat(page.value(
                        "loom_llm_errors_total",
                        "provider",
                        "anthropic",
                        "model",
                        "claude-x",
                        "error_type",
                        "rate_limit"))
                .isZero();
    }

    @Test
    void close_loom_takesWhatReadsItOffThePageAndLeavesWhatHappened() {
        LoomMetrics loom = OneOfEach.builder(registry).build();
        OneOfEach.record(loom);

        loom.close();

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.families())
                .doesNotContainKeys(
                        "loom_build_info",
                        "loom_sessions_active",
                        "http_requests_in_progress",
                        "loom_llm_requests_in_progress",
                        "loom_user_satisfaction_score",
                        "process_cpu_seconds_total",
                        "custom_depth")
                .containsKeys("http_requests_total", "loom_sessions_total", "custom_drafts_total");
        assertThat(page.value("loom_sessions_total")).isEqualTo(2);

        LoomMetrics next = LoomMetrics.of(registry);
        next.sessions().open();
        assertThat(TextPage.parse(registry.scrape()).value("loom_sessions_total"))
                .isEqualTo(3);
    }

    private static String nameOnThePage(LoomMeter meter) {
        String unit = meter.spec().baseUnit() == null ? "" : '_' + meter.spec().baseUnit();
        String name = meter.meterName().replace('.', '_') + unit;
        return switch (meter.spec().kind()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            case GAUGE, SUMMARY -> name;
        };
    }

    private static String typeOnThePage(LoomMeter meter) {
        return switch (meter.spec().kind()) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER, SUMMARY -> meter.spec().buckets().upperBounds().length == 0 ? "summary" : "histogram";
        };
    }

    /** Its failures are counted from the start. */
    private static final class NoMetrics implements MonitorPlugin {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Map<String, MetricValue> collectMetrics() {
            return Map.of();
        }
    }
}
