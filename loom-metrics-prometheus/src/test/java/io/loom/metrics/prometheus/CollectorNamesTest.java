package io.loom.metrics.prometheus;

import static io.loom.metrics.prometheus.ForeignSnapshots.assertFailures;
import static io.loom.metrics.prometheus.ForeignSnapshots.counter;
import static io.loom.metrics.prometheus.ForeignSnapshots.gauge;
import static io.loom.metrics.prometheus.ForeignSnapshots.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of what others collect: none is on the page twice, and all can be read. */
class CollectorNamesTest {
    private final LoomPrometheusRegistryBuilder builder =
            LoomPrometheusRegistry.builder().collectorTimeout(Duration.ofSeconds(30));
    private final List<LoomPrometheusRegistry> built = new ArrayList<>();

    @AfterEach
    void close() {
        built.forEach(LoomPrometheusRegistry::close);
    }

    @Test
    void family_thatIsOursAlready_isLeftOut() {
        builder.collector("gauge", () -> gauge("x", 1))
                .collector("sample", () -> gauge("t_seconds_count", 1))
                .collector("counter", () -> counter("c", 5))
                .collector("good", () -> gauge("y", 1));
        LoomPrometheusRegistry registry = build();
        Gauge.builder("x", () -> 2).register(registry);
        Gauge.builder("c", () -> 3).register(registry);
        Timer.builder("t").register(registry);

        registry.scrape();
        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.value("x")).isEqualTo(2);
        assertThat(page.value("t_seconds_count")).isZero();
        assertThat(page.families()).doesNotContainKey("c_total").containsKey("y");
        assertFailures(page, "gauge", 0, 0, 1, 0);
        assertFailures(page, "sample", 0, 0, 1, 0);
        assertFailures(page, "counter", 0, 0, 1, 0);
        assertFailures(page, "good", 0, 0, 0, 0);
    }

    @Test
    void family_thatAnotherCollectorHas_isLeftOutAndTheFirstStays() {
        builder.collector("first", () -> counter("x", 1))
                .collector("second", () -> counter("x", 2))
                .collector("third", () -> gauge("x_total", 3));
        LoomPrometheusRegistry registry = build();

        registry.scrape();
        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.value("x_total")).isEqualTo(1);
        assertFailures(page, "first", 0, 0, 0, 0);
        assertFailures(page, "second", 0, 0, 1, 0);
        assertFailures(page, "third", 0, 0, 1, 0);
    }

    @Test
    void names_thatAreNotLegal_areMadeSoOrRefused() {
        builder.collector("odd", (MultiCollector) () -> new MetricSnapshots(
                        gauge("good", 1),
                        gauge("名字", 2),
                        gauge("dotted.name", 3),
                        new GaugeSnapshot(
                                new MetricMetadata("9 lives\n"),
                                List.of(new GaugeDataPointSnapshot(4, Labels.of("a b", "c"), null)))))
                .collector("same", () -> gauge("龙龙", 5))
                .collector("empty", () -> gauge("", 6));
        LoomPrometheusRegistry registry = build();

        registry.scrape();
        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.value("good")).isEqualTo(1);
        assertThat(page.value("__")).isEqualTo(2);
        assertThat(page.value("dotted_name")).isEqualTo(3);
        assertThat(page.value("__lives_", "a_b", "c")).isEqualTo(4);
        assertFailures(page, "odd", 0, 0, 0, 0);
        assertFailures(page, "same", 0, 0, 1, 0);
        assertFailures(page, "empty", 1, 0, 0, 0);
    }

    @Test
    void families_ofOneCollectorAndName_areOneUnlessTheirSeriesAreTheSame() {
        builder.collector("good", (MultiCollector)
                        () -> new MetricSnapshots(labelled("x", "k", 1), labelled("x", "other", 2)))
                .collector("bad", (MultiCollector)
                        () -> new MetricSnapshots(labelled("y", "k", 1), labelled("y", "k", 2)));
        LoomPrometheusRegistry registry = build();

        registry.scrape();
        TextPage page = TextPage.parse(registry.scrape());

        assertThat(page.value("x", "k", "v")).isEqualTo(1);
        assertThat(page.value("x", "other", "v")).isEqualTo(2);
        assertThat(page.families()).doesNotContainKey("y");
        assertFailures(page, "good", 0, 0, 0, 0);
        assertFailures(page, "bad", 0, 0, 1, 0);
    }

    /** Whatever they give, the page is one that a strict parser reads: no sample is there twice. */
    @Test
    void collectors_withNamesAtRandom_neverSpoilThePage() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            LoomPrometheusRegistryBuilder some = LoomPrometheusRegistry.builder();
            for (int i = 0; i < 4; i++) {
                long seed = random.nextLong();
                some.collector("c" + i, (MultiCollector) () -> anything(new Random(seed)));
            }
            LoomPrometheusRegistry registry = some.build();
            built.add(registry);
            Gauge.builder("a", () -> 1).register(registry);
            registry.counter("b");
            registry.timer("c");

            TextPage.parse(registry.scrape());
            close();
            built.clear();
        }
    }

    @Test
    void page_ofSomeNames_hasTheseOfOthersToo() throws IOException {
        builder.collector(
                "others", (MultiCollector) () -> new MetricSnapshots(gauge("a", 1), counter("b", 2), gauge("c", 3)));
        LoomPrometheusRegistry registry = build();
        registry.counter("d").increment();

        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.TEXT, List.of("b_total", "c", "d"), ScrapeDeadline.none(), page);

        assertThat(page.toString(StandardCharsets.UTF_8)).isEqualTo("""
                # TYPE d_total counter
                d_total 1
                # TYPE b_total counter
                b_total 2.0
                # TYPE c gauge
                c 3.0
                """);
    }

    @Test
    void openMetrics_withFamiliesOfOthers_endsOnce() throws IOException {
        builder.collector("others", (MultiCollector) () -> new MetricSnapshots(gauge("a", 1), counter("b", 2)));
        LoomPrometheusRegistry registry = build();
        registry.counter("d").increment();

        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.OPENMETRICS, List.of("a", "b", "d"), ScrapeDeadline.none(), page);

        assertThat(page.toString(StandardCharsets.UTF_8)).isEqualTo("""
                # TYPE d counter
                d_total 1
                # TYPE a gauge
                a 1.0
                # TYPE b counter
                b_total 2.0
                # EOF
                """);
    }

    private LoomPrometheusRegistry build() {
        LoomPrometheusRegistry registry = builder.build();
        built.add(registry);
        return registry;
    }

    private static MetricSnapshots anything(Random random) {
        return new MetricSnapshots(
                Stream.of("a", "b", "c", "c_seconds", "d", "d_count", "d_total", "e.f", "e_f", "g_info")
                        .filter(name -> random.nextInt(3) == 0)
                        .map(name -> anything(name, random))
                        .toList());
    }

    private static MetricSnapshot anything(String name, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> gauge(name, random.nextDouble());
            case 1 -> counter(name, random.nextInt(9));
            case 2 ->
                InfoSnapshot.builder()
                        .name(name)
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(Labels.of("k", "v"))
                                .build())
                        .build();
            default ->
                SummarySnapshot.builder()
                        .name(name)
                        .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                                .count(1)
                                .sum(2)
                                .build())
                        .build();
        };
    }
}
