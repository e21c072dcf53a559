package io.loom.metrics.prometheus;

import static io.loom.metrics.prometheus.ForeignSnapshots.assertFailures;
import static io.loom.metrics.prometheus.ForeignSnapshots.gauge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Gauge;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collectors of others that throw, hang or flood: each costs its own lines only. */
class HostileCollectorsTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private final LoomPrometheusRegistryBuilder builder =
            LoomPrometheusRegistry.builder().collectorTimeout(GENEROUS);
    private final List<LoomPrometheusRegistry> built = new ArrayList<>();

    @AfterEach
    void close() {
        built.forEach(LoomPrometheusRegistry::close);
    }

    static Stream<Throwable> thrown() {
        return Stream.of(
                new IllegalStateException("a foreign collector"),
                new NoClassDefFoundError("a foreign collector"),
                new StackOverflowError("a foreign collector"),
                new OutOfMemoryError("a foreign collector"),
                new Exception("a foreign collector"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void collector_thatThrows_costsItsOwnLines(Throwable thrown) {
        builder.collector("bad", (MultiCollector) () -> sneaky(thrown)).collector("good", () -> gauge("g", 1));
        LoomPrometheusRegistry registry = build();
        Gauge.builder("ours", () -> 2).register(registry);

        TextPage first = TextPage.parse(registry.scrape());
        TextPage second = TextPage.parse(registry.scrape());

        assertThat(first.value("g")).isEqualTo(1);
        assertThat(first.value("ours")).isEqualTo(2);
        assertFailures(first, "bad", 0, 0, 0, 0);
        assertFailures(second, "bad", 1, 0, 0, 0);
        assertFailures(second, "good", 0, 0, 0, 0);
    }

    @Test
    void page_withACollectorThatHangs_isWholeBeforeTheReaderGivesUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        builder.collector("bad", () -> {
            await(released);
            return gauge("b", 1);
        });
        LoomPrometheusRegistry registry = build();

        Duration left = Duration.ZERO;
        for (int seconds = 2; seconds <= 16 && left.isZero(); seconds *= 2) { // a busy machine takes its time
            ScrapeDeadline deadline = ScrapeDeadline.in(Duration.ofSeconds(seconds));
            registry.scrape(ExpositionFormat.TEXT, List.of(), deadline, OutputStream.nullOutputStream());
            left = deadline.remaining();
        }
        released.countDown();

        assertThat(left).isPositive();
    }

    @Test
    void collector_thatOneReaderHasNoTimeFor_isOnThePageOfAnother() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        builder.collector("slow", () -> {
            await(released);
            return gauge("b", 1);
        });
        LoomPrometheusRegistry registry = build();
        String hasty = scrape(registry, Duration.ofMillis(1));
        CompletableFuture<String> patient = CompletableFuture.supplyAsync(registry::scrape);

        assertThat(patient).isNotDone();
        released.countDown();

        assertThat(hasty).doesNotContain("\nb ");
        assertThat(patient.get(30, TimeUnit.SECONDS)).contains("\nb 1.0\n");
    }

    @Test
    void collector_thatGivesNothing_hasFailed() {
        builder.collector("bad", (MultiCollector) () -> null);
        LoomPrometheusRegistry registry = build();

        registry.scrape();

        assertFailures(TextPage.parse(registry.scrape()), "bad", 1, 0, 0, 0);
    }

    @Test
    void collector_thatHangs_isNotWaitedForTwiceNorCalledTwice() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Duration late = Duration.ofSeconds(8);
        builder.collectorTimeout(late)
                .collector("bad", () -> {
                    calls.incrementAndGet();
                    await(released);
                    return gauge("b", 1);
                })
                .collector("good", () -> gauge("g", 1));
        LoomPrometheusRegistry registry = build();

        TextPage first = TextPage.parse(scrape(registry, late.multipliedBy(2)));
        TextPage second = TextPage.parse(assertTimeoutPreemptively(late, () -> registry.scrape()));

        assertThat(first.value("g")).isEqualTo(1);
        assertThat(second.value("g")).isEqualTo(1);
        assertThat(calls).hasValue(1);
        assertThat(TextPage.parse(registry.scrape())
                        .value("loom_metrics_collector_failures_total", "collector", "bad", "reason", "late"))
                .isEqualTo(2);

        released.countDown();
        long giveUp = System.nanoTime() + GENEROUS.toNanos();
        while (!registry.scrape().contains("\nb 1.0\n")) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
        }
    }

    @Test
    void collectors_thatAllHang_areWaitedForOnce() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            builder.collector("bad" + i, (MultiCollector) () -> {
                await(released);
                return new MetricSnapshots();
            });
        }
        LoomPrometheusRegistry registry = build();
        Gauge.builder("ours", () -> 2).register(registry);

        long start = System.nanoTime();
        TextPage page = TextPage.parse(scrape(registry, Duration.ofSeconds(2)));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        released.countDown();

        assertThat(page.value("ours")).isEqualTo(2);
        assertThat(elapsed).isLessThan(Duration.ofSeconds(30)); // one after the other: 75
    }

    @Test
    void collector_ofAMillionSeries_isLeftOutInTime() {
        MetricSnapshot flood = new GaugeSnapshot(
                new MetricMetadata("flood"),
                IntStream.range(0, 1_000_000)
                        .mapToObj(i -> new GaugeDataPointSnapshot(i, Labels.of("i", "v" + i), null))
                        .toList());
        builder.collector("bad", (MultiCollector) () -> new MetricSnapshots(flood, gauge("small", 1)))
                .collector("good", () -> gauge("g", 1));
        LoomPrometheusRegistry registry = build();

        registry.scrape();
        String page = registry.scrape();

        assertThat(page.length()).isLessThan(2_000);
        assertThat(TextPage.parse(page).value("small")).isEqualTo(1);
        assertThat(TextPage.parse(page).value("g")).isEqualTo(1);
        assertFailures(TextPage.parse(page), "bad", 0, 0, 0, 1);
    }

    @Test
    void close_whileACollectorHangs_interruptsIt() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        builder.collector("bad", (MultiCollector) () -> {
            try {
                hanging.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return new MetricSnapshots();
        });
        LoomPrometheusRegistry registry = build();
        scrape(registry, SHORT);
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();

        registry.close();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.scrape()).contains("reason=\"late\"} 1\n");
    }

    private LoomPrometheusRegistry build() {
        LoomPrometheusRegistry registry = builder.build();
        built.add(registry);
        return registry;
    }

    private static String scrape(LoomPrometheusRegistry registry, Duration timeout) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.scrape(ExpositionFormat.TEXT, List.of(), ScrapeDeadline.in(timeout), page);
        return page.toString(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> MetricSnapshots sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
