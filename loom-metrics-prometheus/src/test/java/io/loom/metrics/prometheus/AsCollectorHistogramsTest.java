package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.ExponentialCheck;
import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exemplars and native histograms in client_java's registry: its own protobuf writer shows what our page shows. */
class AsCollectorHistogramsTest {
    private static final int THREADS = 4;
    private static final int EVENTS = 50_000;

    private final MockClock clock = new MockClock();
    private final ScriptedSpans spans = new ScriptedSpans("trace0", "span0");
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .clock(clock)
            .created(true)
            .spanContext(spans)
            .nativeHistograms(name -> name.startsWith("native."), 3, 40)
            .build();
    private final PrometheusRegistry theirs = new PrometheusRegistry();

    AsCollectorHistogramsTest() {
        theirs.register(registry.asCollector());
    }

    @Test
    void exemplars_ofCountersAndBuckets_areTheSame() throws IOException {
        registry.counter("drafts", "kind", "a\"b\\\n龙").increment(3);
        Timer timer = Timer.builder("drafting")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        enter(1);
        timer.record(Duration.ofMillis(100));
        enter(2);
        timer.record(Duration.ofMillis(101));
        enter(3);
        timer.record(Duration.ofHours(1));
        DistributionSummary.builder("ratio")
                .serviceLevelObjectives(0.25, 0.5)
                .register(registry)
                .record(0.3);
        registry.timer("without.buckets").record(Duration.ofSeconds(1));
        try (LoomMetrics loom =
                LoomMetrics.builder(registry).processMetrics(false).build()) {
            loom.http().record("GET", "/", 200, Duration.ofMillis(30));
        }

        assertSamePage();
        assertThat(written().exemplars()).hasSizeGreaterThan(6);
    }

    @Test
    void exemplar_hasTheLabelsOfTheTraceItsValueAndTime() {
        enter(7);
        registry.counter("drafts").increment(0.5);

        Exemplar exemplar = ((CounterDataPointSnapshot) onlyPoint()).getExemplar();

        assertThat((Object) exemplar.getLabels()).isEqualTo(Labels.of("trace_id", "trace7", "span_id", "span7"));
        assertThat(exemplar.getValue()).isEqualTo(0.5);
        assertThat(exemplar.getTimestampMillis()).isEqualTo(clock.wallTime());
    }

    @Test
    void series_withoutAnExemplar_hasNotThatOfTheOneBefore() throws IOException {
        registry.counter("drafts", "k", "1").increment();
        spans.sampled(false);
        registry.counter("drafts", "k", "2").increment();

        assertThat(written().exemplars()).containsOnlyKeys(TextPage.Series.of("drafts_total", "k", "1"));
    }

    @Test
    void nativeHistograms_withOtherBuckets_areTheSame() throws IOException {
        Timer timer = Timer.builder("native.drafting")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .tag("kind", "outline")
                .register(registry);
        DistributionSummary summary = DistributionSummary.builder("native.words")
                .serviceLevelObjectives(10)
                .register(registry);
        for (int i = 0; i < 1_000; i++) {
            timer.record(Duration.ofMillis((long) i * i));
            summary.record(i / 7.0);
        }

        assertSamePage();
        assertThat(written().exponential("native_words").count()).isEqualTo(1_000);
        assertThat(written().exemplars()).hasSize(5);
    }

    /** Exemplars are left out here: client_java makes a bucket to +Inf for one. */
    @Test
    void nativeHistograms_withoutOtherBuckets_areTheSame() throws IOException {
        spans.sampled(false);
        Timer timer = registry.timer("native.drafting", "kind", "outline");
        timer.record(Duration.ZERO);
        timer.record(Duration.ofSeconds(3));
        Timer.builder("native.percentiles")
                .publishPercentiles(0.5)
                .register(registry)
                .record(Duration.ofSeconds(1));
        registry.timer("plain").record(Duration.ofSeconds(1));
        registry.summary("native.unused");

        assertSamePage();
        assertThat(written().exponential("native_drafting_seconds", "kind", "outline"))
                .isEqualTo(new ExponentialCheck(3, 1, new TreeMap<>(Map.of(13, 1L))));
    }

    @Test
    void nativeHistogram_withoutOtherBuckets_hasItsExemplarAndItsTimeOfCreation() {
        clock.add(Duration.ofSeconds(1));
        DistributionSummary summary = registry.summary("native.words");
        enter(7);
        summary.record(0.5);

        HistogramDataPointSnapshot point = (HistogramDataPointSnapshot) theirs.scrape().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals("native_words"))
                .findFirst()
                .orElseThrow()
                .getDataPoints()
                .get(0);

        assertThat(point.hasClassicHistogramData()).isFalse();
        assertThat(point.getCount()).isEqualTo(1);
        assertThat(point.getSum()).isEqualTo(0.5);
        assertThat(point.getCreatedTimestampMillis()).isEqualTo(1_001);
        assertThat(point.getExemplars()).singleElement().satisfies(exemplar -> {
            assertThat(exemplar.getLabels().get("trace_id")).isEqualTo("trace7");
            assertThat(exemplar.getValue()).isEqualTo(0.5);
        });
    }

    /** Where our own page has a summary. */
    @Test
    void text_ofANativeHistogramWithoutOtherBuckets_hasOneBucket() throws IOException {
        registry.summary("native.words").record(0.5);

        ByteArrayOutputStream page = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(page, theirs.scrape());

        assertThat(page.toString(StandardCharsets.UTF_8)).startsWith("""
                # TYPE native_words histogram
                native_words_bucket{le="+Inf"} 1
                native_words_count 1
                native_words_sum 0.5
                """);
    }

    /** client_java refuses a histogram whose buckets of both kinds do not add up to the same. */
    @Test
    void recording_whileOthersCollect_losesNoScrapeOfAHistogram() throws Exception {
        spans.sampled(false);
        DistributionSummary summary = DistributionSummary.builder("native.words")
                .serviceLevelObjectives(1, 10)
                .register(registry);
        AtomicInteger recording = new AtomicInteger(THREADS);
        Race.run(THREADS + 1, number -> {
            if (number == THREADS) {
                double last = 0;
                while (recording.get() > 0) {
                    double count = written().value("native_words_count");
                    assertThat(count).isGreaterThanOrEqualTo(last);
                    last = count;
                }
                return;
            }
            for (int i = 0; i < EVENTS; i++) {
                summary.record((double) i * number / 1_000);
            }
            recording.decrementAndGet();
        });

        assertThat(written().value("native_words_count")).isEqualTo(THREADS * EVENTS);
        assertSamePage();
    }

    private void enter(int number) {
        clock.add(Duration.ofSeconds(1));
        spans.enter("trace" + number, "span" + number);
    }

    private DataPointSnapshot onlyPoint() {
        return theirs.scrape().stream()
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .findFirst()
                .orElseThrow();
    }

    private void assertSamePage() throws IOException {
        ProtobufPage ours = ProtobufPages.of(registry);
        ProtobufPage written = written();

        assertThat(written.samples()).isEqualTo(ours.samples()).isNotEmpty();
        assertThat(written.exemplars()).isEqualTo(ours.exemplars());
        assertThat(written.exponentials()).isEqualTo(ours.exponentials());
        assertThat(written.families().keySet())
                .containsExactlyInAnyOrderElementsOf(ours.families().keySet());
    }

    private ProtobufPage written() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new PrometheusProtobufWriter().write(page, theirs.scrape());
        return ProtobufPage.parse(page.toByteArray());
    }
}
