package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every way to publish a timer's distribution, to the last character. */
class GoldenTimerTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();

    @Test
    void timer_withPercentileHistogram_hasMicrometersBucketsInItsRange() {
        record(Timer.builder("loom.drafting")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(100))
                .maximumExpectedValue(Duration.ofMillis(300))
                .register(registry));

        assertPage("""
                # TYPE loom_drafting_seconds histogram
                loom_drafting_seconds_bucket{le="0.1"} 0
                loom_drafting_seconds_bucket{le="0.111848106"} 0
                loom_drafting_seconds_bucket{le="0.134217727"} 1
                loom_drafting_seconds_bucket{le="0.156587348"} 1
                loom_drafting_seconds_bucket{le="0.178956969"} 1
                loom_drafting_seconds_bucket{le="0.20132659"} 1
                loom_drafting_seconds_bucket{le="0.223696211"} 1
                loom_drafting_seconds_bucket{le="0.246065832"} 2
                loom_drafting_seconds_bucket{le="0.268435456"} 2
                loom_drafting_seconds_bucket{le="0.3"} 2
                loom_drafting_seconds_bucket{le="+Inf"} 3
                loom_drafting_seconds_count 3
                loom_drafting_seconds_sum 0.84
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max 0.48
                """);
    }

    @Test
    void timer_withPercentiles_isASummaryWithQuantiles() {
        record(Timer.builder("loom.drafting")
                .publishPercentiles(0.5, 0.99)
                .tag("kind", "outline")
                .register(registry));

        assertPage("""
                # TYPE loom_drafting_seconds summary
                loom_drafting_seconds{kind="outline",quantile="0.5"} 0.239075328
                loom_drafting_seconds{kind="outline",quantile="0.99"} 0.48234496
                loom_drafting_seconds_count{kind="outline"} 3
                loom_drafting_seconds_sum{kind="outline"} 0.84
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max{kind="outline"} 0.48
                """);
    }

    @Test
    void timer_withPercentilesAndObjectives_isAHistogramWithoutQuantiles() {
        record(Timer.builder("loom.drafting")
                .publishPercentiles(0.5, 0.99)
                .serviceLevelObjectives(Duration.ofMillis(150))
                .register(registry));

        assertPage("""
                # TYPE loom_drafting_seconds histogram
                loom_drafting_seconds_bucket{le="0.15"} 1
                loom_drafting_seconds_bucket{le="+Inf"} 3
                loom_drafting_seconds_count 3
                loom_drafting_seconds_sum 0.84
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max 0.48
                """);
    }

    @Test
    void timer_withPercentilesAndPercentileHistogram_isAHistogramWithoutQuantiles() {
        record(Timer.builder("loom.drafting")
                .publishPercentiles(0.5)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(200))
                .maximumExpectedValue(Duration.ofMillis(250))
                .register(registry));

        assertPage("""
                # TYPE loom_drafting_seconds histogram
                loom_drafting_seconds_bucket{le="0.2"} 1
                loom_drafting_seconds_bucket{le="0.20132659"} 1
                loom_drafting_seconds_bucket{le="0.223696211"} 1
                loom_drafting_seconds_bucket{le="0.246065832"} 2
                loom_drafting_seconds_bucket{le="0.25"} 2
                loom_drafting_seconds_bucket{le="+Inf"} 3
                loom_drafting_seconds_count 3
                loom_drafting_seconds_sum 0.84
                # TYPE loom_drafting_seconds_max gauge
                loom_drafting_seconds_max 0.48
                """);
    }

    @Test
    void longTaskTimer_withObjectives_hasBucketsAndGaugesOfCountAndSum() {
        run(LongTaskTimer.builder("loom.imports")
                .description("Imports.")
                .serviceLevelObjectives(Duration.ofSeconds(2), Duration.ofSeconds(5))
                .register(registry));

        assertPage("""
                # HELP loom_imports_seconds Imports.
                # TYPE loom_imports_seconds histogram
                loom_imports_seconds_bucket{le="2.0"} 1
                loom_imports_seconds_bucket{le="5.0"} 2
                loom_imports_seconds_bucket{le="+Inf"} 2
                # HELP loom_imports_seconds_gcount Imports.
                # TYPE loom_imports_seconds_gcount gauge
                loom_imports_seconds_gcount 2
                # HELP loom_imports_seconds_gsum Imports.
                # TYPE loom_imports_seconds_gsum gauge
                loom_imports_seconds_gsum 4
                # HELP loom_imports_seconds_max Imports.
                # TYPE loom_imports_seconds_max gauge
                loom_imports_seconds_max 3
                """);
    }

    @Test
    void longTaskTimer_withPercentiles_isASummaryWithQuantiles() {
        run(LongTaskTimer.builder("loom.imports").publishPercentiles(0.5, 0.9).register(registry));

        assertPage("""
                # TYPE loom_imports_seconds summary
                loom_imports_seconds{quantile="0.5"} 2
                loom_imports_seconds{quantile="0.9"} 3
                loom_imports_seconds_count 2
                loom_imports_seconds_sum 4
                # TYPE loom_imports_seconds_max gauge
                loom_imports_seconds_max 3
                """);
    }

    @Test
    void longTaskTimer_withPercentileHistogram_hasMicrometersBucketsInItsRange() {
        run(LongTaskTimer.builder("loom.imports")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofSeconds(120))
                .maximumExpectedValue(Duration.ofSeconds(200))
                .register(registry));

        assertPage("""
                # TYPE loom_imports_seconds histogram
                loom_imports_seconds_bucket{le="120.0"} 2
                loom_imports_seconds_bucket{le="137.438953471"} 2
                loom_imports_seconds_bucket{le="160.345445716"} 2
                loom_imports_seconds_bucket{le="183.251937961"} 2
                loom_imports_seconds_bucket{le="200.0"} 2
                loom_imports_seconds_bucket{le="+Inf"} 2
                # TYPE loom_imports_seconds_gcount gauge
                loom_imports_seconds_gcount 2
                # TYPE loom_imports_seconds_gsum gauge
                loom_imports_seconds_gsum 4
                # TYPE loom_imports_seconds_max gauge
                loom_imports_seconds_max 3
                """);
    }

    @Test
    void maxima_off_areNowhere() {
        LoomPrometheusRegistry quiet =
                LoomPrometheusRegistry.builder().clock(clock).maxima(false).build();
        record(Timer.builder("loom.drafting").register(quiet));
        DistributionSummary.builder("loom.length")
                .serviceLevelObjectives(150)
                .register(quiet)
                .record(120);
        run(LongTaskTimer.builder("loom.imports").register(quiet));
        run(LongTaskTimer.builder("loom.exports")
                .serviceLevelObjectives(Duration.ofSeconds(2))
                .register(quiet));
        Gauge.builder("loom.depth.max", () -> 7).register(quiet);

        assertThat(quiet.scrape()).isEqualTo("""
                # TYPE loom_depth_max gauge
                loom_depth_max 7
                # TYPE loom_drafting_seconds summary
                loom_drafting_seconds_count 3
                loom_drafting_seconds_sum 0.84
                # TYPE loom_exports_seconds histogram
                loom_exports_seconds_bucket{le="2.0"} 1
                loom_exports_seconds_bucket{le="+Inf"} 2
                # TYPE loom_exports_seconds_gcount gauge
                loom_exports_seconds_gcount 2
                # TYPE loom_exports_seconds_gsum gauge
                loom_exports_seconds_gsum 4
                # TYPE loom_imports_seconds summary
                loom_imports_seconds_count 2
                loom_imports_seconds_sum 10
                # TYPE loom_length histogram
                loom_length_bucket{le="150.0"} 1
                loom_length_bucket{le="+Inf"} 1
                loom_length_count 1
                loom_length_sum 120
                """);
    }

    private static void record(Timer timer) {
        timer.record(Duration.ofMillis(120));
        timer.record(Duration.ofMillis(240));
        timer.record(Duration.ofMillis(480));
    }

    private void run(LongTaskTimer timer) {
        timer.start();
        clock.add(Duration.ofSeconds(2));
        timer.start();
        clock.add(Duration.ofSeconds(1));
    }

    private void assertPage(String expected) {
        assertThat(registry.scrape()).isEqualTo(expected);
    }
}
