package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The exemplars of protobuf are those of OpenMetrics. */
class ProtobufExemplarsTest {
    private final MockClock clock = new MockClock();
    private final ScriptedSpans spans = new ScriptedSpans("trace0", "span0");
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .clock(clock)
            .maxima(false)
            .spanContext(spans)
            .nativeHistograms(name -> name.startsWith("native."), 3, 160)
            .build();

    @Test
    void page_ofEveryMeterOfMicrometer_hasTheExemplarsOfOpenMetrics() throws IOException {
        EveryMeter.register(registry, clock);

        assertThat(page().exemplars())
                .isEqualTo(OpenMetricsPages.of(registry).exemplars())
                .hasSize(16);
    }

    @Test
    void countersAndBuckets_ofSpansOfTheirOwn_haveTheExemplarsOfOpenMetrics() throws IOException {
        registry.counter("drafts").increment();
        enter(1);
        registry.counter("cost", "kind", "a\"b").increment(0.25);
        Timer timer = Timer.builder("drafting")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        enter(2);
        timer.record(Duration.ofMillis(7));
        enter(3);
        timer.record(Duration.ofSeconds(2));
        DistributionSummary summary = DistributionSummary.builder("words")
                .serviceLevelObjectives(10, 100)
                .register(registry);
        enter(4);
        summary.record(99.5);
        enter(5);
        LoomMetrics.of(registry).http().record("GET", "/", 200, Duration.ofMillis(30));

        ProtobufPage page = page();

        assertThat(page.exemplars())
                .isEqualTo(OpenMetricsPages.of(registry).exemplars())
                .containsEntry(TextPage.Series.of("drafts_total"), exemplar(0, 1))
                .containsEntry(TextPage.Series.of("cost_total", "kind", "a\"b"), exemplar(1, 0.25))
                .containsEntry(TextPage.Series.of("drafting_seconds_bucket", "le", "0.1"), exemplar(2, 0.007))
                .containsEntry(TextPage.Series.of("drafting_seconds_bucket", "le", "+Inf"), exemplar(3, 2))
                .containsEntry(TextPage.Series.of("words_bucket", "le", "100.0"), exemplar(4, 99.5))
                .hasSizeGreaterThan(6);
        assertThat(page.value("drafting_seconds_count")).isEqualTo(2);
    }

    @Test
    void series_withoutAnExemplar_hasNotThatOfTheOneBefore() throws IOException {
        registry.counter("a", "k", "1").increment();
        Timer timer = Timer.builder("t")
                .tag("k", "1")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        timer.record(Duration.ofSeconds(1));
        spans.sampled(false);
        registry.counter("a", "k", "2").increment();
        Timer.builder("t")
                .tag("k", "2")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry)
                .record(Duration.ofSeconds(1));
        registry.gauge("b", 1);

        assertThat(page().exemplars())
                .containsOnlyKeys(
                        TextPage.Series.of("a_total", "k", "1"),
                        TextPage.Series.of("t_seconds_bucket", "k", "1", "le", "1.0"));
    }

    @Test
    void nativeHistogram_withOtherBuckets_hasThemThere() throws IOException {
        Timer timer = Timer.builder("native.both")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        timer.record(Duration.ofMillis(300));
        enter(1);
        timer.record(Duration.ofSeconds(3));

        assertThat(page().exemplars())
                .isEqualTo(OpenMetricsPages.of(registry).exemplars())
                .isEqualTo(Map.of(
                        TextPage.Series.of("native_both_seconds_bucket", "le", "1.0"), exemplar(0, 0.3),
                        TextPage.Series.of("native_both_seconds_bucket", "le", "+Inf"), exemplar(1, 3)));
    }

    /** In OpenMetrics it is a summary, which has none. */
    @Test
    void nativeHistogram_withoutOtherBuckets_hasOneOfItsOwn() throws IOException {
        Timer timer = registry.timer("native.timer");
        timer.record(Duration.ofMillis(300));
        enter(1);
        timer.record(Duration.ofSeconds(3)); // the one before is not old enough to go
        enter(10);
        timer.record(Duration.ofSeconds(5));
        registry.summary("native.summary").record(0.5);
        registry.summary("native.unused");

        assertThat(page().exemplars())
                .isEqualTo(Map.of(
                        TextPage.Series.of("native_timer_seconds"), exemplar(10, 5),
                        TextPage.Series.of("native_summary"), exemplar(10, 0.5)));
        assertThat(page().exponential("native_timer_seconds").count()).isEqualTo(3);
        assertThat(OpenMetricsPages.of(registry).exemplars()).isEmpty();
    }

    @Test
    void page_ofSpansThatAreNotSampled_isThatOfNoSpansToTheLastByte() throws IOException {
        spans.sampled(false);
        MockClock other = new MockClock();
        LoomPrometheusRegistry plain = LoomPrometheusRegistry.builder()
                .clock(other)
                .maxima(false)
                .nativeHistograms(name -> name.startsWith("native."), 3, 160)
                .build();
        EveryMeter.register(registry, clock);
        EveryMeter.register(plain, other);
        registry.timer("native.timer").record(Duration.ofSeconds(3));
        plain.timer("native.timer").record(Duration.ofSeconds(3));

        assertThat(ProtobufPages.bytes(registry)).isEqualTo(ProtobufPages.bytes(plain));
    }

    /** A scrape may come at any moment: here it comes while the exemplar is being offered. */
    @Test
    void exemplars_ofNativeHistograms_appearAfterAllThatCountsTheirValue() throws IOException {
        List<Long> counted = new ArrayList<>();
        List<LoomPrometheusRegistry> scraped = new ArrayList<>();
        ScriptedSpans scraping = new ScriptedSpans("trace0", "span0") {
            @Override
            public boolean isCurrentSpanSampled() {
                counted.add(exponentialCounts(scraped.get(0)));
                return super.isCurrentSpanSampled();
            }
        };
        scraped.add(LoomPrometheusRegistry.builder()
                .maxima(false)
                .spanContext(scraping)
                .nativeHistograms(name -> true, 3, 160)
                .build());

        scraped.get(0).timer("native.timer").record(Duration.ofSeconds(3));
        scraped.get(0).summary("native.summary").record(3);

        assertThat(counted).containsExactly(1L, 2L);
        assertThat(ProtobufPages.of(scraped.get(0)).exemplars()).hasSize(2);
    }

    private static long exponentialCounts(LoomPrometheusRegistry registry) {
        ProtobufPage page = ProtobufPages.of(registry);
        return page.families().keySet().stream()
                .filter(name -> name.startsWith("native"))
                .mapToLong(name -> page.exponential(name).count())
                .sum();
    }

    /** A second later for each, so that times tell them apart as well. */
    private void enter(int number) {
        clock.add(Duration.ofSeconds(number).minusMillis(clock.wallTime() - 1));
        spans.enter("trace" + number, "span" + number);
    }

    private static OpenMetricsPage.Exemplar exemplar(int number, double value) {
        return new OpenMetricsPage.Exemplar(
                new TreeMap<>(Map.of("trace_id", "trace" + number, "span_id", "span" + number)),
                value,
                (number * 1_000 + 1) / 1e3); // the clock starts at 1 ms
    }

    private ProtobufPage page() throws IOException {
        return ProtobufPages.of(registry);
    }
}
