package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our meters in client_java's registry: its own writer shows what our page shows. */
class AsCollectorTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();
    private final PrometheusRegistry theirs = new PrometheusRegistry();

    AsCollectorTest() {
        theirs.register(registry.asCollector());
    }

    @Test
    void loomsOwnMeters_ofEachKind_areTheSame() throws IOException {
        try (LoomMetrics loom =
                OneOfEach.builder(registry).processMetrics(false).build()) {
            OneOfEach.record(loom);

            assertSamePage();
        }
    }

    @Test
    void counters_areTheSame() throws IOException {
        Counter.builder("drafts")
                .description("a \\ b\nc \"d\"")
                .tag("kind", "a\"b\\\n龙 \\n")
                .tag("k", "")
                .register(registry)
                .increment(3);
        Counter.builder("drafts").tag("kind", "outline").tag("k", "v").register(registry);
        Counter.builder("cost").baseUnit("usd").register(registry).increment(0.125);
        Counter.builder("large").register(registry).increment(9_007_199_254_740_994.0);
        FunctionCounter.builder("calls", this, self -> 4).register(registry);

        assertSamePage();
    }

    @Test
    void gaugesAndInfos_areTheSame() throws IOException {
        Gauge.builder("load", () -> 0.1).description("Load.").register(registry);
        Gauge.builder("score", () -> Double.NaN).register(registry);
        Gauge.builder("up", () -> Double.POSITIVE_INFINITY).register(registry);
        Gauge.builder("down", () -> -0.0).register(registry);
        Gauge.builder("tiny", () -> Double.MIN_VALUE).register(registry);
        TimeGauge.builder("lag", () -> 1_500, TimeUnit.MILLISECONDS).register(registry);
        Gauge.builder("build.info", () -> 1)
                .description("Build.")
                .tag("version", "0.1.0")
                .register(registry);

        assertSamePage();
    }

    @Test
    void timersAndSummaries_areTheSame() throws IOException {
        Timer plain = Timer.builder("drafting").tag("kind", "x").register(registry);
        plain.record(1, TimeUnit.NANOSECONDS);
        plain.record(2_500, TimeUnit.MILLISECONDS);
        plain.record(Long.MAX_VALUE - 7, TimeUnit.NANOSECONDS);
        Timer buckets = Timer.builder("telling")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMinutes(5))
                .register(registry);
        buckets.record(Duration.ofMillis(5));
        buckets.record(Duration.ofMillis(6));
        buckets.record(Duration.ofSeconds(301));
        Timer percentiles =
                Timer.builder("reading").publishPercentiles(0.5, 0.99).register(registry);
        percentiles.record(Duration.ofMillis(30));
        DistributionSummary fractions = DistributionSummary.builder("ratio")
                .serviceLevelObjectives(0.25, 0.5)
                .register(registry);
        fractions.record(0.2);
        fractions.record(0.3);
        DistributionSummary.builder("size")
                .publishPercentiles(0.9)
                .register(registry)
                .record(1.5);
        FunctionTimer.builder("work", this, self -> 3, self -> 750, TimeUnit.MILLISECONDS)
                .register(registry);

        assertSamePage();
    }

    @Test
    void longTaskTimers_areTheSame() throws IOException {
        LongTaskTimer.builder("imports")
                .publishPercentiles(0.5)
                .register(registry)
                .start();
        LongTaskTimer one = LongTaskTimer.builder("exports")
                .serviceLevelObjectives(Duration.ofSeconds(2), Duration.ofMinutes(1))
                .tag("k", "1")
                .register(registry);
        LongTaskTimer other = LongTaskTimer.builder("exports")
                .serviceLevelObjectives(Duration.ofSeconds(2), Duration.ofMinutes(1))
                .tag("k", "2")
                .register(registry);
        one.start();
        clock.add(Duration.ofSeconds(3));
        one.start();
        other.start();
        clock.add(Duration.ofSeconds(1));

        assertSamePage();
    }

    @Test
    void customMeter_withEveryStatistic_isTheSame() throws IOException {
        List<Measurement> measurements = Arrays.stream(Statistic.values())
                .map(statistic -> new Measurement(() -> statistic.name().length() + 0.5, statistic))
                .toList();
        Meter.builder("custom", Meter.Type.OTHER, measurements).tag("kind", "x").register(registry);

        assertSamePage();
    }

    @Test
    void snapshots_areOfTheRightTypesAndNames() {
        Counter.builder("drafts").register(registry);
        Gauge.builder("build.info", () -> 1).register(registry);
        Gauge.builder("load", () -> 1).register(registry);
        Timer.builder("reading").register(registry);
        Timer.builder("telling").serviceLevelObjectives(Duration.ofMillis(5)).register(registry);
        LongTaskTimer.builder("exports")
                .serviceLevelObjectives(Duration.ofSeconds(2))
                .register(registry);

        assertThat(theirs.scrape().stream()
                        .map(snapshot -> snapshot.getMetadata().getPrometheusName()
                                + ' '
                                + snapshot.getClass().getSimpleName()))
                .containsExactly(
                        "build InfoSnapshot",
                        "drafts CounterSnapshot",
                        "exports_seconds HistogramSnapshot",
                        "exports_seconds_max GaugeSnapshot",
                        "load GaugeSnapshot",
                        "reading_seconds SummarySnapshot",
                        "reading_seconds_max GaugeSnapshot",
                        "telling_seconds HistogramSnapshot",
                        "telling_seconds_max GaugeSnapshot");
    }

    @Test
    void snapshots_haveUnitsAndTimesOfCreation() {
        LoomPrometheusRegistry timed =
                LoomPrometheusRegistry.builder().clock(clock).created(true).build();
        Counter.builder("cost").baseUnit("usd").register(timed);
        Timer.builder("reading").register(timed);
        Gauge.builder("load", () -> 1).register(timed);

        assertThat(timed.asCollector().collect().stream()
                        .map(snapshot -> snapshot.getMetadata().getPrometheusName()
                                + ' '
                                + snapshot.getMetadata().getUnit()
                                + ' '
                                + snapshot.getDataPoints().get(0).getCreatedTimestampMillis()))
                .containsExactly(
                        "cost_usd usd " + clock.wallTime(),
                        "load null 0",
                        "reading_seconds seconds " + clock.wallTime(),
                        "reading_seconds_max null 0");
    }

    @Test
    void whatClientJavaRefuses_costsItsOwnSeriesOnly() {
        FunctionCounter.builder("calls", this, self -> -1).tag("k", "1").register(registry);
        FunctionCounter.builder("calls", this, self -> 2).tag("k", "2").register(registry);
        Gauge.builder("load", () -> 1).register(registry);

        assertThat(theirs.scrape().stream()
                        .collect(Collectors.toMap(
                                snapshot -> snapshot.getMetadata().getPrometheusName(),
                                (MetricSnapshot snapshot) ->
                                        snapshot.getDataPoints().size())))
                .isEqualTo(Map.of("calls", 1, "load", 1));
    }

    @Test
    void metersThatComeAndGo_areSeenByTheNextScrape() {
        Counter counter = Counter.builder("drafts").register(registry);
        assertThat(theirs.scrape().size()).isEqualTo(1);

        registry.remove(counter);

        assertThat(theirs.scrape().size()).isZero();
    }

    private void assertSamePage() throws IOException {
        TextPage ours = TextPage.parse(registry.scrape());
        TextPage written = TextPage.parse(written());

        assertThat(ours.samples()).isNotEmpty();
        assertThat(written.samples()).containsExactlyInAnyOrderEntriesOf(ours.samples());
        assertThat(written.families().keySet())
                .containsExactlyInAnyOrderElementsOf(ours.families().keySet());
        written.families().forEach((name, family) -> {
            assertThat(family.type())
                    .as(name)
                    .isEqualTo(ours.families().get(name).type());
            assertThat(family.help())
                    .as(name)
                    .isEqualTo(ours.families().get(name).help());
        });
    }

    private String written() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder()
                .setIncludeCreatedTimestamps(false)
                .build()
                .write(page, theirs.scrape());
        return page.toString(StandardCharsets.UTF_8);
    }
}
