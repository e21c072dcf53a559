package io.loom.metrics.prometheus;

import static io.loom.metrics.prometheus.ForeignSnapshots.assertFailures;
import static io.loom.metrics.prometheus.ForeignSnapshots.gauge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Gauge;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collectors of others on our page, each apart. */
class CollectorsTest {
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final LoomPrometheusRegistryBuilder builder =
            LoomPrometheusRegistry.builder().collectorTimeout(GENEROUS);
    private final List<LoomPrometheusRegistry> built = new ArrayList<>();

    @AfterEach
    void close() {
        built.forEach(LoomPrometheusRegistry::close);
    }

    @Test
    void collectors_withFamilies_areShownBehindOurs() {
        builder.collector("one", () -> gauge("b", 1)).collector("all", () -> new MetricSnapshots(gauge("a", 2)));
        LoomPrometheusRegistry registry = build();
        Gauge.builder("c", () -> 3).register(registry);

        assertThat(registry.scrape()).endsWith("""
                # TYPE a gauge
                a 2.0
                # TYPE b gauge
                b 1.0
                """).contains("""
                # TYPE c gauge
                c 3
                """);
    }

    @Test
    void registry_ofClientJava_isShownWhole() {
        PrometheusRegistry theirs = new PrometheusRegistry();
        Counter.builder()
                .name("drafts")
                .labelNames("kind")
                .register(theirs)
                .labelValues("a\"b\\\n龙")
                .inc(3);
        Histogram.builder()
                .name("telling")
                .classicUpperBounds(0.1, 1)
                .register(theirs)
                .observe(0.3);
        Summary.builder().name("reading").quantile(0.5, 0.01).register(theirs).observe(7);
        Info info = Info.builder().name("build_info").labelNames("version").register(theirs);
        info.setLabelValues("0.1.0");
        builder.include("theirs", theirs);

        TextPage page = TextPage.parse(build().scrape());

        assertThat(page.value("drafts_total", "kind", "a\"b\\\n龙")).isEqualTo(3);
        assertThat(page.value("telling_bucket", "le", "1.0")).isEqualTo(1);
        assertThat(page.value("telling_sum")).isEqualTo(0.3);
        assertThat(page.value("reading", "quantile", "0.5")).isEqualTo(7);
        assertThat(page.value("build_info", "version", "0.1.0")).isEqualTo(1);
        assertFailures(page, "theirs", 0, 0, 0, 0);
    }

    @Test
    void scrapes_atOnce_shareOneCall() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        builder.collector("slow", () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            now.decrementAndGet();
            return gauge("s", 1);
        });
        LoomPrometheusRegistry registry = build();

        Race.run(8, thread -> {
            for (int i = 0; i < 200; i++) {
                assertThat(registry.scrape()).contains("\ns 1.0\n");
            }
        });

        assertThat(most).hasValue(1);
    }

    @Test
    void seriesLimit_thatIsJustMet_isEnough() {
        builder.collectorSeriesLimit(2)
                .collector("good", (MultiCollector) () -> new MetricSnapshots(gauge("a", 1), gauge("b", 1)))
                .collector(
                        "bad", (MultiCollector) () -> new MetricSnapshots(gauge("c", 1), gauge("d", 1), gauge("e", 1)));
        LoomPrometheusRegistry registry = build();

        registry.scrape();
        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.families()).containsKeys("a", "b", "c", "d").doesNotContainKey("e");
        assertFailures(page, "good", 0, 0, 0, 0);
        assertFailures(page, "bad", 0, 0, 0, 1);
    }

    @Test
    void failures_haveTheTagsAndFiltersOfTheRegistry() {
        builder.collector("bad", (MultiCollector) () -> null);
        LoomPrometheusRegistry registry = build();
        registry.config().commonTags("service", "tales");

        registry.scrape();

        assertThat(registry.scrape())
                .contains(
                        "loom_metrics_collector_failures_total{collector=\"bad\",reason=\"failed\",service=\"tales\"} 1\n");
    }

    @Test
    void builder_whatCannotBe_isRefused() {
        builder.collector("x", () -> gauge("g", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.collector("x", () -> gauge("h", 1)))
                .withMessage("collector names must be distinct: \"x\" is there twice. Rename one of them.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.collector(" ", () -> gauge("h", 1)))
                .withMessage("collector name must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.collectorTimeout(Duration.ZERO))
                .withMessage("collector timeout must be positive and at most an hour: was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.collectorSeriesLimit(0))
                .withMessage("collector series limit must be positive: was 0");
    }

    private LoomPrometheusRegistry build() {
        LoomPrometheusRegistry registry = builder.build();
        built.add(registry);
        return registry;
    }
}
