package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each kind of Micrometer's meters looks like on the page, to the last character. */
class GoldenPageTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();

    @Test
    void counters_wholeAndFractional_areTotals() {
        Counter.builder("loom.drafts")
                .description("Drafts.")
                .tag("kind", "outline")
                .register(registry)
                .increment(3);
        Counter.builder("loom.drafts")
                .description("Drafts.")
                .tag("kind", "a\"b\\\n龙")
                .register(registry);
        Counter.builder("loom.cost").baseUnit("usd").register(registry).increment(0.125);

        assertPage("""
                # TYPE loom_cost_usd_total counter
                loom_cost_usd_total 0.125
                # HELP loom_drafts_total Drafts.
                # TYPE loom_drafts_total counter
                loom_drafts_total{kind="a\\"b\\\\\\n龙"} 0
                loom_drafts_total{kind="outline"} 3
                """);
    }

    @Test
    void gauges_anyValue_isShortest() {
        Gauge.builder("loom.load", () -> 0.1).description("Load.").register(registry);
        Gauge.builder("loom.score", () -> Double.NaN).register(registry);
        Gauge.builder("loom.depth", () -> -3).baseUnit("pages").register(registry);

        assertPage("""
                # TYPE loom_depth_pages gauge
                loom_depth_pages -3
                # HELP loom_load Load.
                # TYPE loom_load gauge
                loom_load 0.1
                # TYPE loom_score gauge
                loom_score NaN
                """);
    }

    @Test
    void gauge_namedInfo_isAnInfo() {
        Gauge.builder("loom.build.info", () -> 1)
                .description("Build.")
                .tag("version", "0.1.0")
                .register(registry);

        assertPage("""
                # HELP loom_build_info Build.
                # TYPE loom_build_info gauge
                loom_build_info{version="0.1.0"} 1
                """);
    }

    @Test
    void timer_withoutBuckets_isASummaryAndAMaximum() {
        Timer timer = Timer.builder("loom.drafting")
                .description("Drafting.")
                .tag("kind", "outline")
                .register(registry);
        timer.record(1, TimeUnit.NANOSECONDS);
        timer.record(2_500, TimeUnit.MILLISECONDS);

        assertPage("""
                # HELP loom_drafting_seconds Drafting.
                # TYPE loom_drafting_seconds summary
                loom_drafting_seconds_count{kind="outline"} 2
                loom_drafting_seconds_sum{kind="outline"} 2.500000001
                # HELP loom_drafting_seconds_max Drafting.
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max{kind="outline"} 2.5
                """);
    }

    @Test
    void timer_withObjectives_isAHistogramAndAMaximum() {
        Timer timer = Timer.builder("loom.drafting")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofMinutes(5))
                .tag("kind", "outline")
                .register(registry);
        timer.record(Duration.ofMillis(5));
        timer.record(Duration.ofMillis(6));
        timer.record(Duration.ofSeconds(301));

        assertPage("""
                # TYPE loom_drafting_seconds histogram
                loom_drafting_seconds_bucket{kind="outline",le="0.005"} 1
                loom_drafting_seconds_bucket{kind="outline",le="0.1"} 2
                loom_drafting_seconds_bucket{kind="outline",le="300.0"} 2
                loom_drafting_seconds_bucket{kind="outline",le="+Inf"} 3
                loom_drafting_seconds_count{kind="outline"} 3
                loom_drafting_seconds_sum{kind="outline"} 301.011
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max{kind="outline"} 301
                """);
    }

    @Test
    void summary_ofFractions_bucketsThemAsTheyAre() {
        DistributionSummary summary = DistributionSummary.builder("loom.ratio")
                .serviceLevelObjectives(0.25, 0.5)
                .register(registry);
        summary.record(0.2);
        summary.record(0.3);
        DistributionSummary.builder("loom.size")
                .baseUnit("bytes")
                .register(registry)
                .record(1.5);

        assertPage("""
                # TYPE loom_ratio histogram
                loom_ratio_bucket{le="0.25"} 1
                loom_ratio_bucket{le="0.5"} 2
                loom_ratio_bucket{le="+Inf"} 2
                loom_ratio_count 2
                loom_ratio_sum 0.5
                # TYPE loom_ratio_max gauge
                loom_ratio_max 0.3
                # TYPE loom_size_bytes summary
                loom_size_bytes_count 1
                loom_size_bytes_sum 1.5
                # TYPE loom_size_bytes_max gauge
                loom_size_bytes_max 1.5
                """);
    }

    @Test
    void longTaskTimer_withTasksUnderWay_isASummaryAndAMaximum() {
        LongTaskTimer timer = LongTaskTimer.builder("loom.imports").register(registry);
        timer.start();
        clock.add(Duration.ofSeconds(2));
        timer.start();
        clock.add(Duration.ofSeconds(1));

        assertPage("""
                # TYPE loom_imports_seconds summary
                loom_imports_seconds_count 2
                loom_imports_seconds_sum 4
                # TYPE loom_imports_seconds_max gauge
                loom_imports_seconds_max 3
                """);
    }

    @Test
    void functionMeters_areReadWhenScraped() {
        double[] state = {0};
        FunctionCounter.builder("loom.calls", state, s -> s[0]).register(registry);
        FunctionTimer.builder("loom.work", state, s -> (long) s[0], s -> s[0] * 250, TimeUnit.MILLISECONDS)
                .register(registry);
        TimeGauge.builder("loom.lag", () -> state[0] * 1_500, TimeUnit.MILLISECONDS)
                .register(registry);
        state[0] = 3;

        assertPage("""
                # TYPE loom_calls_total counter
                loom_calls_total 3
                # TYPE loom_lag_seconds gauge
                loom_lag_seconds 4.5
                # TYPE loom_work_seconds summary
                loom_work_seconds_count 3
                loom_work_seconds_sum 0.75
                """);
    }

    @Test
    void customMeter_withEveryStatistic_isAFamilyForEachKind() {
        List<Measurement> measurements = Arrays.stream(Statistic.values())
                .map(statistic ->
                        new Measurement(() -> (double) statistic.name().length(), statistic))
                .toList();
        Meter.builder("loom.custom", Meter.Type.OTHER, measurements)
                .description("Custom.")
                .tag("kind", "x")
                .register(registry);

        assertPage("""
                # HELP loom_custom_total Custom.
                # TYPE loom_custom_total counter
                loom_custom_total{kind="x",statistic="COUNT"} 5
                # HELP loom_custom_active_count Custom.
                # TYPE loom_custom_active_count gauge
                loom_custom_active_count{kind="x",statistic="ACTIVE_TASKS"} 12
                # HELP loom_custom_duration_sum Custom.
                # TYPE loom_custom_duration_sum gauge
                loom_custom_duration_sum{kind="x",statistic="DURATION"} 8
                # HELP loom_custom_max Custom.
                # TYPE loom_custom_max gauge
                loom_custom_max{kind="x",statistic="MAX"} 3
                # HELP loom_custom_sum_total Custom.
                # TYPE loom_custom_sum_total counter
                loom_custom_sum_total{kind="x",statistic="TOTAL"} 5
                loom_custom_sum_total{kind="x",statistic="TOTAL_TIME"} 10
                # HELP loom_custom_value Custom.
                # TYPE loom_custom_value gauge
                loom_custom_value{kind="x",statistic="UNKNOWN"} 7
                loom_custom_value{kind="x",statistic="VALUE"} 5
                """);
    }

    @Test
    void names_thatPrometheusForbids_areCleaned() {
        Counter.builder("9 lives/total").tag("a-b", "1").register(registry);
        Gauge.builder("命中.rate", () -> 1).register(registry);

        assertPage("""
                # TYPE ___rate gauge
                ___rate 1
                # TYPE __lives_total counter
                __lives_total{a_b="1"} 0
                """);
    }

    @Test
    void help_withBackslashAndLineFeed_isEscaped() {
        Counter.builder("loom.drafts").description("a \\ b\nc \"d\"").register(registry);

        assertPage("""
                # HELP loom_drafts_total a \\\\ b\\nc "d"
                # TYPE loom_drafts_total counter
                loom_drafts_total 0
                """);
    }

    @Test
    void functionsThatThrow_costTheirOwnLinesOnly() {
        Gauge.builder("a.gauge", () -> {
                    throw new IllegalStateException("a foreign function");
                })
                .register(registry);
        FunctionCounter.builder("b.calls", "", state -> {
                    throw new IllegalStateException("a foreign function");
                })
                .tag("k", "1")
                .register(registry);
        FunctionCounter.builder("b.calls", "", state -> 2).tag("k", "2").register(registry);
        FunctionTimer.builder(
                        "c.work",
                        "",
                        state -> 1,
                        state -> {
                            throw new IllegalStateException("a foreign function");
                        },
                        TimeUnit.SECONDS)
                .register(registry);
        Gauge.builder("d.gauge", () -> 4).register(registry);

        assertPage("""
                # TYPE a_gauge gauge
                a_gauge NaN
                # TYPE b_calls_total counter
                b_calls_total{k="2"} 2
                # TYPE c_work_seconds summary
                # TYPE d_gauge gauge
                d_gauge 4
                """);
    }

    private void assertPage(String expected) {
        assertThat(registry.scrape()).isEqualTo(expected);
    }
}
