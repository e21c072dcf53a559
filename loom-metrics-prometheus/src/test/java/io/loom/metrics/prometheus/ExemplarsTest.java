package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.loom.metrics.prometheus.meter.LoomCounter;
import io.loom.metrics.prometheus.meter.LoomSummary;
import io.loom.metrics.prometheus.meter.LoomTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded in which span, from the meter to the page. */
class ExemplarsTest {
    private final MockClock clock = new MockClock();
    private final ScriptedSpans spans = new ScriptedSpans("trace1", "span1");
    private final LoomPrometheusRegistry registry = registry(spans, Duration.ofSeconds(10));

    @Test
    void counter_incrementedInASampledSpan_showsTheAmountThatWasAdded() throws IOException {
        clock.add(Duration.ofMillis(1_500));
        registry.counter("drafts").increment();
        registry.counter("cost").increment(0.25);
        registry.counter("idle");

        OpenMetricsPage page = page();

        assertExemplar(page, 1, "trace1", "drafts_total");
        assertExemplar(page, 0.25, "trace1", "cost_total");
        assertThat(page.exemplars()).hasSize(2);
        assertThat(page.exemplars().get(TextPage.Series.of("cost_total")).seconds())
                .isEqualTo(1.501); // the clock starts at 1 ms
        assertThat(page.value("drafts_total")).isEqualTo(1);
        assertThat(page.value("cost_total")).isEqualTo(0.25);
        assertThat(spans.marked()).isEqualTo(2);
    }

    @Test
    void timer_withBuckets_showsAnExemplarInEachThatWasHit() throws IOException {
        Timer timer = Timer.builder("drafting")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        timer.record(100, TimeUnit.MILLISECONDS);
        spans.enter("trace2", "span2");
        timer.record(99, TimeUnit.MILLISECONDS);
        timer.record(7, TimeUnit.SECONDS);

        OpenMetricsPage page = page();

        assertExemplar(page, 0.1, "trace1", "drafting_seconds_bucket", "le", "0.1");
        assertExemplar(page, 7, "trace2", "drafting_seconds_bucket", "le", "+Inf");
        assertThat(page.exemplars()).hasSize(2);
        assertThat(page.value("drafting_seconds_count")).isEqualTo(3);
        assertThat(timer.takeSnapshot().count()).isEqualTo(3);
    }

    @Test
    void summary_withBuckets_showsTheScaledAmount() throws IOException {
        DistributionSummary summary = DistributionSummary.builder("ratio")
                .scale(100)
                .serviceLevelObjectives(25, 50)
                .register(registry);
        summary.record(0.3);
        summary.record(-1);
        summary.record(-0.0);

        OpenMetricsPage page = page();

        assertExemplar(page, 30, "trace1", "ratio_bucket", "le", "50.0");
        assertExemplar(page, 0, "trace1", "ratio_bucket", "le", "25.0");
        assertThat(page.exemplars()).hasSize(2);
        assertThat(page.value("ratio_count")).isEqualTo(2);
    }

    @Test
    void distributionsWithoutBuckets_haveNone() throws IOException {
        registry.timer("t").record(1, TimeUnit.SECONDS);
        registry.summary("s").record(1);
        Timer.builder("p").publishPercentiles(0.5).register(registry).record(1, TimeUnit.SECONDS);

        assertThat(page().exemplars()).isEmpty();
        assertThat(spans.marked()).isZero();
    }

    /** An HTTP event counts and times by one recording; one of a rare status by two. */
    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void httpEvent_ofATypedMeter_isOnItsCounterAndInItsBucket(int status) throws IOException {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.http().record("GET", "/api/v1/stories/{id}", status, Duration.ofMillis(30));

        OpenMetricsPage page = page();

        assertExemplar(
                page,
                1,
                "trace1",
                "http_requests_total",
                "method",
                "GET",
                "endpoint",
                "/api/v1/stories/{id}",
                "status",
                Integer.toString(status));
        assertExemplar(
                page,
                0.03,
                "trace1",
                "http_request_duration_seconds_bucket",
                "method",
                "GET",
                "endpoint",
                "/api/v1/stories/{id}",
                "le",
                "0.05");
    }

    @Test
    void llmEvent_ofATypedMeter_isOnTheCountersThatItAddsTo() throws IOException {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.llm("openai", "small").recordNanos(30_000_000, 412, 0);

        OpenMetricsPage page = page();

        String[] model = {"provider", "openai", "model", "small"};
        assertExemplar(page, 412, "trace1", "loom_llm_tokens_total", with(model, "type", "prompt"));
        assertExemplar(page, 1, "trace1", "loom_llm_requests_total", model);
        assertThat(page.exemplars())
                .doesNotContainKey(TextPage.Series.of("loom_llm_tokens_total", with(model, "type", "completion")));
    }

    @Test
    void spanThatIsNotSampled_leavesNoExemplarAndKeepsTheOneBefore() throws IOException {
        Counter counter = registry.counter("drafts");
        spans.sampled(false);
        counter.increment();
        assertThat(page().exemplars()).isEmpty();

        spans.sampled(true);
        counter.increment(2);
        spans.sampled(false);
        clock.add(Duration.ofHours(1));
        counter.increment(3);

        assertExemplar(page(), 2, "trace1", "drafts_total");
        assertThat(spans.marked()).isEqualTo(1);
    }

    @Test
    void exemplar_untilItsIntervalIsOver_stays() throws IOException {
        Counter counter = registry.counter("drafts");
        counter.increment();
        spans.enter("trace2", "span2");
        clock.add(Duration.ofMillis(9_999));
        counter.increment();
        assertExemplar(page(), 1, "trace1", "drafts_total");

        clock.add(Duration.ofMillis(1));
        counter.increment(5);

        assertExemplar(page(), 5, "trace2", "drafts_total");
        assertThat(spans.marked()).isEqualTo(2);
    }

    @Test
    void interval_ofZero_takesEachSpan() throws IOException {
        LoomPrometheusRegistry eager = registry(spans, Duration.ZERO);
        for (int i = 1; i <= 5; i++) {
            spans.enter("trace" + i, "span" + i);
            eager.counter("drafts").increment();
        }

        assertExemplar(OpenMetricsPages.of(eager), 1, "trace5", "drafts_total");
        assertThat(spans.marked()).isEqualTo(5);
    }

    @Test
    void text_hasNoExemplars() throws IOException {
        registry.counter("drafts").increment();

        assertThat(registry.scrape()).isEqualTo("""
                        # TYPE drafts_total counter
                        drafts_total 1
                        """);
        assertThat(page().exemplars()).hasSize(1);
    }

    @Test
    void meters_withoutASpanContext_areOfTheClassesThatKnowNothingOfIt() {
        LoomPrometheusRegistry plain = new LoomPrometheusRegistry();

        assertThat(plain.counter("c")).isExactlyInstanceOf(LoomCounter.class);
        assertThat(Timer.builder("t").publishPercentileHistogram().register(plain))
                .isExactlyInstanceOf(LoomTimer.class);
        assertThat(DistributionSummary.builder("s").publishPercentileHistogram().register(plain))
                .isExactlyInstanceOf(LoomSummary.class);
        assertThat(registry.timer("no.buckets")).isExactlyInstanceOf(LoomTimer.class);
        assertThat(registry.counter("c")).isNotExactlyInstanceOf(LoomCounter.class);
    }

    @Test
    void builder_withWhatCannotBe_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> LoomPrometheusRegistry.builder().spanContext(null))
                .withMessage("spanContext");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoomPrometheusRegistry.builder().exemplarInterval(Duration.ofMillis(-1)))
                .withMessage("exemplar interval must not be negative: was PT-0.001S");
    }

    private LoomPrometheusRegistry registry(SpanContext context, Duration interval) {
        return LoomPrometheusRegistry.builder()
                .clock(clock)
                .spanContext(context)
                .exemplarInterval(interval)
                .build();
    }

    private OpenMetricsPage page() throws IOException {
        return OpenMetricsPages.of(registry);
    }

    private static String[] with(String[] labels, String... more) {
        return Stream.concat(Arrays.stream(labels), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void assertExemplar(
            OpenMetricsPage page, double value, String traceId, String name, String... labelNamesAndValues) {
        OpenMetricsPage.Exemplar exemplar = page.exemplars().get(TextPage.Series.of(name, labelNamesAndValues));
        assertThat(exemplar).as("exemplar of %s", name).isNotNull();
        assertThat(exemplar.value()).isEqualTo(value);
        assertThat(exemplar.labels())
                .hasSize(2)
                .containsEntry("trace_id", traceId)
                .containsEntry("span_id", traceId.replace("trace", "span"));
    }
}
