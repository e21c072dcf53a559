package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every way to publish a summary, and gauges in rows, to the last character. */
class GoldenSummaryTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void summary_plain_isASummaryAndAMaximum() {
        record(DistributionSummary.builder("loom.length")
                .description("Length.")
                .baseUnit("words")
                .tag("kind", "outline")
                .register(registry));

        assertPage("""
                # HELP loom_length_words Length.
                # TYPE loom_length_words summary
                loom_length_words_count{kind="outline"} 3
                loom_length_words_sum{kind="outline"} 840
                # HELP loom_length_words_max Length.
                # TYPE loom_length_words_max gauge
                loom_length_words_max{kind="outline"} 480
                """);
    }

    @Test
    void summary_withObjectives_isAHistogram() {
        record(DistributionSummary.builder("loom.length")
                .serviceLevelObjectives(100, 250.5, 1e7)
                .register(registry));

        assertPage("""
                # TYPE loom_length histogram
                loom_length_bucket{le="100.0"} 0
                loom_length_bucket{le="250.5"} 2
                loom_length_bucket{le="1.0E7"} 3
                loom_length_bucket{le="+Inf"} 3
                loom_length_count 3
                loom_length_sum 840
                # TYPE loom_length_max gauge
                loom_length_max 480
                """);
    }

    @Test
    void summary_withPercentileHistogram_hasMicrometersBucketsInItsRange() {
        record(DistributionSummary.builder("loom.length")
                .publishPercentileHistogram()
                .minimumExpectedValue(100.0)
                .maximumExpectedValue(300.0)
                .register(registry));

        assertPage("""
                # TYPE loom_length histogram
                loom_length_bucket{le="100.0"} 0
                loom_length_bucket{le="106.0"} 0
                loom_length_bucket{le="127.0"} 1
                loom_length_bucket{le="148.0"} 1
                loom_length_bucket{le="169.0"} 1
                loom_length_bucket{le="190.0"} 1
                loom_length_bucket{le="211.0"} 1
                loom_length_bucket{le="232.0"} 1
                loom_length_bucket{le="256.0"} 2
                loom_length_bucket{le="300.0"} 2
                loom_length_bucket{le="+Inf"} 3
                loom_length_count 3
                loom_length_sum 840
                # TYPE loom_length_max gauge
                loom_length_max 480
                """);
    }

    @Test
    void summary_withPercentiles_isASummaryWithQuantiles() {
        record(DistributionSummary.builder("loom.length")
                .publishPercentiles(0.5, 0.99)
                .register(registry));

        assertPage("""
                # TYPE loom_length summary
                loom_length{quantile="0.5"} 244
                loom_length{quantile="0.99"} 492
                loom_length_count 3
                loom_length_sum 840
                # TYPE loom_length_max gauge
                loom_length_max 480
                """);
    }

    @Test
    void summary_withPercentilesAndObjectives_isAHistogramWithoutQuantiles() {
        record(DistributionSummary.builder("loom.length")
                .publishPercentiles(0.5, 0.99)
                .serviceLevelObjectives(150)
                .register(registry));

        assertPage("""
                # TYPE loom_length histogram
                loom_length_bucket{le="150.0"} 1
                loom_length_bucket{le="+Inf"} 3
                loom_length_count 3
                loom_length_sum 840
                # TYPE loom_length_max gauge
                loom_length_max 480
                """);
    }

    @Test
    void summary_scaled_showsScaledAmounts() {
        record(DistributionSummary.builder("loom.ratio")
                .scale(0.5)
                .serviceLevelObjectives(100, 200)
                .register(registry));

        assertPage("""
                # TYPE loom_ratio histogram
                loom_ratio_bucket{le="100.0"} 1
                loom_ratio_bucket{le="200.0"} 2
                loom_ratio_bucket{le="+Inf"} 3
                loom_ratio_count 3
                loom_ratio_sum 420
                # TYPE loom_ratio_max gauge
                loom_ratio_max 240
                """);
    }

    @Test
    void multiGauge_registeredAgain_dropsAndAddsRowsAndKeepsTheOthersNumbers() {
        MultiGauge pages = MultiGauge.builder("loom.pages")
                .description("Pages.")
                .baseUnit("pages")
                .register(registry);
        pages.register(
                List.of(MultiGauge.Row.of(Tags.of("story", "a"), 3), MultiGauge.Row.of(Tags.of("story", "b"), 0.5)));
        pages.register(
                List.of(MultiGauge.Row.of(Tags.of("story", "b"), 9), MultiGauge.Row.of(Tags.of("story", "c"), 1)));

        assertPage("""
                # HELP loom_pages Pages.
                # TYPE loom_pages gauge
                loom_pages{story="b"} 0.5
                loom_pages{story="c"} 1
                """);
    }

    @Test
    void multiGauge_overwritten_hasTheNewNumbers() {
        MultiGauge pages = MultiGauge.builder("loom.pages").register(registry);
        pages.register(List.of(MultiGauge.Row.of(Tags.of("story", "a"), 3)));
        pages.register(List.of(MultiGauge.Row.of(Tags.of("story", "a"), 4)), true);

        assertPage("""
                # TYPE loom_pages gauge
                loom_pages{story="a"} 4
                """);
    }

    private static void record(DistributionSummary summary) {
        summary.record(120);
        summary.record(240);
        summary.record(480);
    }

    private void assertPage(String expected) {
        assertThat(registry.scrape()).isEqualTo(expected);
    }
}
