package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.MetricsServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collectors of others that fail in all ways there are, on a page that a real Prometheus scrapes each second. */
class ForeignCollectorsIT {
    private static final int FLOOD = 1_000_000;

    /** Prometheus gives up before. */
    private static final Duration TOO_LONG = Duration.ofMillis(2_400);

    private static final Set<String> FAILURES = Set.of(
            "throws failed",
            "errs failed",
            "nothing failed",
            "unnamed failed",
            "hangs late",
            "slow late",
            "copies duplicate",
            "again duplicate",
            "twins duplicate",
            "flood too_many_series");

    @TempDir
    private static Path directory;

    private static final CountDownLatch end = new CountDownLatch(1);
    private static MetricSnapshots flood;
    private static LoomPrometheusRegistry registry;
    private static Counter drafts;
    private static MetricsServer server;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        flood = aMillionSeries();
        registry = registryAmongOthers();
        drafts = registry.counter("drafts");
        Gauge.builder("ours", () -> 2).register(registry);
        registry.timer("telling").record(Duration.ofSeconds(3));
        server = MetricsServer.builder(registry).start();
        prometheus = PrometheusServer.start(program, directory, config(server.uri()));
        prometheus.awaitTarget();
    }

    @AfterAll
    static void stop() {
        end.countDown();
        if (prometheus != null) {
            prometheus.close();
        }
        if (server != null) {
            server.close();
            registry.close();
        }
        flood = null; // other tests need the heap
    }

    /** Several in a row: the one that is slow is waited for at every second scrape. */
    @Test
    void target_amongAllThat_isHealthyAtEachScrape() throws Exception {
        Eventually.holds(
                "five scrapes in a row are healthy",
                () -> !prometheus
                        .values("min_over_time(up[11s]) == 1 and count_over_time(up[11s]) >= 5")
                        .isEmpty());
    }

    @Test
    void counter_ofOurs_isOfThisMoment() throws Exception {
        for (int i = 1; i <= 3; i++) {
            drafts.increment();
            double now = i;
            Eventually.holds(
                    "Prometheus has the last draft",
                    () -> prometheus.values("drafts_total").equals(List.of(now)));
        }
    }

    @ParameterizedTest
    @CsvSource({"ours, 2", "telling_seconds_count, 1", "telling_seconds_sum, 3", "theirs, 1", "__, 3", "__lives_, 4"})
    void families_ofOursAndOfGoodCollectors_areThere(String name, double value) throws Exception {
        Eventually.holds("it is there", () -> prometheus.values(name).equals(List.of(value)));
    }

    /** Whoever else is late, on a busy machine, is late and nothing worse. */
    @Test
    void failures_ofEachCollector_areTold() throws Exception {
        Eventually.holds("all failures are told", () -> failures().containsAll(FAILURES));

        assertThat(failures()).filteredOn(failure -> !failure.endsWith(" late")).isSubsetOf(FAILURES);
    }

    @Test
    void page_besideAFlood_isShort() throws Exception {
        Eventually.holds("the flood has come", () -> failures().contains("flood too_many_series"));

        assertThat(prometheus.values("flood")).isEmpty();
        assertThat(prometheus.values("max_over_time(scrape_samples_scraped[1m])"))
                .singleElement()
                .satisfies(samples -> assertThat(samples).isBetween(50.0, 200.0));
    }

    @Test
    void samples_ofThePage_areNotRefused() throws Exception {
        Eventually.holds("all failures are told", () -> failures().containsAll(FAILURES));

        assertThat(prometheus.refusedSamples())
                .hasSize(3)
                .allSatisfy((reason, samples) -> assertThat(samples).isZero());
    }

    /** Of its two seconds, half a one is left when all are late: a busy machine takes its time. */
    private static String config(URI page) {
        return """
                global:
                  scrape_interval: 2s
                  scrape_timeout: 2s
                scrape_configs:
                  - job_name: loom
                    static_configs:
                      - targets: ["%s"]
                """.formatted(page.getAuthority());
    }

    private static LoomPrometheusRegistry registryAmongOthers() {
        return LoomPrometheusRegistry.builder()
                .collector("good", () -> gauge("theirs", 1))
                .collector("throws", (MultiCollector) () -> {
                    throw new IllegalStateException("on purpose");
                })
                .collector("errs", (MultiCollector) () -> {
                    throw new StackOverflowError("on purpose");
                })
                .collector("nothing", (MultiCollector) () -> null)
                .collector("unnamed", () -> gauge("", 1))
                .collector("odd", () -> snapshots(gauge("名字", 3), gauge("9 lives\n", 4)))
                .collector("hangs", () -> late("hangs", Duration.ofDays(1)))
                .collector("slow", () -> late("slow", TOO_LONG))
                .collector("copies", () -> snapshots(gauge("ours", 9), gauge("telling_seconds_sum", 9)))
                .collector("again", () -> gauge("theirs", 9))
                .collector("twins", () -> snapshots(gauge("twins", 1), gauge("twins", 2)))
                .collector("flood", () -> flood)
                .build();
    }

    private static MetricSnapshots aMillionSeries() {
        return snapshots(new GaugeSnapshot(
                new MetricMetadata("flood"),
                IntStream.range(0, FLOOD)
                        .mapToObj(i -> new GaugeDataPointSnapshot(i, Labels.of("i", Integer.toString(i)), null))
                        .toList()));
    }

    private static GaugeSnapshot gauge(String name, double value) {
        return new GaugeSnapshot(
                new MetricMetadata(name), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    /** {@return a gauge, after so long or when the tests are over} */
    private static GaugeSnapshot late(String name, Duration time) {
        try {
            return gauge(name, end.await(time.toMillis(), TimeUnit.MILLISECONDS) ? 1 : 0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MetricSnapshots snapshots(GaugeSnapshot... snapshots) {
        return new MetricSnapshots(List.of(snapshots));
    }

    /** {@return what Prometheus knows of failures, as collector and reason} */
    private static Set<String> failures() throws IOException, InterruptedException {
        return prometheus.samples("loom", "").entrySet().stream()
                .filter(sample -> sample.getKey().get("__name__").equals("loom_metrics_collector_failures_total")
                        && sample.getValue() > 0)
                .map(sample ->
                        sample.getKey().get("collector") + ' ' + sample.getKey().get("reason"))
                .collect(Collectors.toSet());
    }
}
