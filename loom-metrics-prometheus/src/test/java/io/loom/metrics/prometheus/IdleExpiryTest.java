package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.HttpRequest;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Series that were idle leave the page, and nothing that they recorded is lost. */
class IdleExpiryTest {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).expireIdleSeries(IDLE).build();

    @Test
    void counter_thatIsIdle_leavesAndIsBackWithItsFullValue() {
        Counter counter = Counter.builder("drafts").description("Drafts.").register(registry);
        counter.increment(3);
        String shown = registry.scrape();
        assertThat(shown).contains("drafts_total 3\n");

        clock.add(IDLE);
        assertThat(registry.scrape()).isEqualTo(shown);
        clock.add(Duration.ofNanos(1));
        assertThat(registry.scrape()).isEmpty();

        counter.increment(0.5);
        assertThat(registry.scrape()).endsWith("# TYPE drafts_total counter\ndrafts_total 3.5\n");
        clock.add(IDLE);
        assertThat(registry.scrape()).contains("drafts_total 3.5\n");
    }

    @Test
    void counter_thatNeverCounted_stays() {
        Counter.builder("drafts").register(registry);

        registry.scrape();
        clock.add(IDLE.multipliedBy(10));

        assertThat(registry.scrape()).contains("drafts_total 0\n");
    }

    @Test
    void series_ofAFamily_leaveOneByOne() {
        Counter idle = Counter.builder("drafts").tag("k", "1").register(registry);
        Counter busy = Counter.builder("drafts").tag("k", "2").register(registry);
        idle.increment();
        busy.increment();
        registry.scrape();
        clock.add(IDLE);
        busy.increment();
        registry.scrape();
        clock.add(IDLE);

        assertThat(registry.scrape()).isEqualTo("""
                # TYPE drafts_total counter
                drafts_total{k="2"} 2
                """);
    }

    @Test
    void timersAndSummaries_leaveWithTheirMaxima() {
        Timer timer = Timer.builder("telling")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        timer.record(Duration.ofMillis(5));
        DistributionSummary.builder("size").register(registry).record(0);
        assertThat(TextPage.parse(registry.scrape()).families())
                .containsOnlyKeys("telling_seconds", "telling_seconds_max", "size", "size_max");

        clock.add(IDLE.plusNanos(1));
        assertThat(registry.scrape()).isEmpty();

        timer.record(Duration.ofMillis(7));
        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.value("telling_seconds_count")).isEqualTo(2);
        assertThat(page.value("telling_seconds_sum")).isEqualTo(0.012);
        assertThat(page.value("telling_seconds_max")).isEqualTo(0.007);
        assertThat(page.families()).doesNotContainKey("size");
    }

    @Test
    void gaugesAndFunctions_stay() {
        Gauge.builder("load", () -> 1).register(registry);
        Gauge.builder("build.info", () -> 1).register(registry);
        FunctionCounter.builder("calls", this, self -> 2).register(registry);
        LongTaskTimer.builder("imports").register(registry).start();
        int lines = registry.scrape().split("\n").length;

        clock.add(IDLE.multipliedBy(10));

        assertThat(registry.scrape().split("\n")).hasSize(lines);
    }

    /** A counter of requests is read from its timer's cell. */
    @Test
    void loomsOwnSeries_thatAreReadFromOneCell_leaveTogether() {
        LoomMetrics loom = LoomMetrics.builder(registry).processMetrics(false).build();
        loom.http().record("GET", "/tale", 200, Duration.ofMillis(5));
        registry.scrape();
        clock.add(IDLE.plusNanos(1));

        TextPage page = TextPage.parse(registry.scrape());
        assertThat(page.families()).doesNotContainKey("http_request_duration_seconds");
        assertThat(page.value("http_requests_in_progress", "endpoint", "/tale")).isZero();
        assertThat(page.value("http_requests_total", "method", "GET", "endpoint", "/tale", "status", "500"))
                .isZero();
        assertThat(registry.scrape()).doesNotContain("status=\"200\"");

        try (HttpRequest request = loom.http().start("GET", "/tale")) {
            request.status(200);
        }
        assertThat(TextPage.parse(registry.scrape())
                        .value("http_requests_total", "method", "GET", "endpoint", "/tale", "status", "200"))
                .isEqualTo(2);
    }

    @Test
    void scrapes_howeverMany_doNotHasten() {
        Counter.builder("drafts").register(registry).increment();
        for (int second = 0; second < IDLE.toSeconds(); second++) {
            for (int scraper = 0; scraper < 3; scraper++) {
                assertThat(registry.scrape()).contains("drafts_total 1\n");
            }
            clock.add(Duration.ofSeconds(1));
        }
        clock.add(Duration.ofSeconds(1));

        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    void scrape_afterAPauseInWhichSomethingWasRecorded_showsIt() {
        Counter counter = Counter.builder("drafts").register(registry);
        counter.increment();
        registry.scrape();
        clock.add(Duration.ofDays(1));
        counter.increment();
        clock.add(Duration.ofDays(1));

        assertThat(registry.scrape()).contains("drafts_total 2\n");
    }

    /** What the page shows of a counter grows, and never misses what was recorded before it was shown. */
    @Test
    void scrapes_whileItIsRecorded_loseNothing() throws Exception {
        Counter counter = Counter.builder("drafts").register(registry);
        AtomicLong recorded = new AtomicLong();
        Race.run(4, thread -> {
            for (int i = 0; i < 20_000; i++) {
                if (thread < 2) {
                    counter.increment();
                    recorded.incrementAndGet();
                } else if (i % 20 == 0) {
                    clock.add(IDLE.dividedBy(3));
                    registry.scrape();
                }
            }
        });
        counter.increment();

        assertThat(registry.scrape()).contains("drafts_total " + (recorded.get() + 1) + "\n");
    }

    @Test
    void series_withTimesOfCreation_leaveAsWell() throws IOException {
        LoomPrometheusRegistry created = LoomPrometheusRegistry.builder()
                .clock(clock)
                .created(true)
                .expireIdleSeries(IDLE)
                .build();
        Counter.builder("drafts").tag("k", "1").register(created).increment();
        Counter.builder("drafts").tag("k", "2").register(created);
        created.scrape();
        clock.add(IDLE.plusNanos(1));

        ByteArrayOutputStream page = new ByteArrayOutputStream();
        created.scrape(ExpositionFormat.OPENMETRICS, page);
        assertThat(page.toString(StandardCharsets.UTF_8))
                .contains("drafts_total{k=\"2\"} 0", "drafts_created{k=\"2\"}", "# EOF\n")
                .doesNotContain("k=\"1\"");
    }

    @Test
    void remove_aMeterThatIsIdle_takesItOff() {
        Counter counter = Counter.builder("drafts").register(registry);
        counter.increment();
        registry.scrape();
        clock.add(IDLE.plusNanos(1));
        registry.scrape();

        registry.remove(counter);
        Counter.builder("drafts").register(registry).increment(7);

        assertThat(registry.scrape()).contains("drafts_total 7\n");
    }

    @Test
    void withoutExpiry_seriesStay() {
        LoomPrometheusRegistry plain =
                LoomPrometheusRegistry.builder().clock(clock).build();
        Counter.builder("drafts").register(plain).increment();
        String page = plain.scrape();
        clock.add(Duration.ofDays(365));

        assertThat(plain.scrape()).isEqualTo(page);
    }

    @Test
    void time_thatIsNotPositive_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoomPrometheusRegistry.builder().expireIdleSeries(Duration.ZERO))
                .withMessage("idle time of a series must be positive and at most 36500 days: was PT0S");
    }
}
