package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.ExponentialCheck;
import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {
    private static final int THREADS = 4;
    private static final int EVENTS = 100_000;

    private final LoomPrometheusRegistryBuilder builder =
            LoomPrometheusRegistry.builder().clock(new MockClock()).maxima(false);

    @Test
    void anyMeter_notAskedFor_hasNoExponentialBuckets() {
        LoomPrometheusRegistry registry =
                builder.nativeHistogram("story.telling", 3, 160).build();
        try (LoomMetrics loom = LoomMetrics.of(registry)) {
            OneOfEach.record(loom);
        }
        registry.timer("story.told").record(1, TimeUnit.SECONDS);

        String text = page(registry).text();
        assertThat(text).contains("loom_rule_duration_seconds", "story_told_seconds");
        assertThat(text).doesNotContain("schema", "zero_threshold", "positive_span");
    }

    @Test
    void timer_askedForByName_hasThem() {
        LoomPrometheusRegistry registry =
                builder.nativeHistogram("story.telling", 0, 160).build();
        Timer timer = registry.timer("story.telling");
        timer.record(0, TimeUnit.SECONDS);
        timer.record(3, TimeUnit.SECONDS);
        timer.record(-3, TimeUnit.SECONDS);

        assertThat(page(registry).exponential("story_telling_seconds"))
                .isEqualTo(new ExponentialCheck(0, 1, new TreeMap<>(Map.of(2, 1L))));
    }

    @Test
    void whatIsSaidFirst_counts() {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a", 1, 160)
                .nativeHistograms(name -> true, 2, 160)
                .build();
        registry.summary("a").record(1);
        registry.summary("b").record(1);

        assertThat(page(registry).exponential("a").schema()).isEqualTo(1);
        assertThat(page(registry).exponential("b").schema()).isEqualTo(2);
    }

    @Test
    void predicateThatThrows_saysNo() {
        LoomPrometheusRegistry registry = builder.nativeHistograms(
                        name -> {
                            throw new IllegalStateException("a test");
                        },
                        2,
                        160)
                .build();
        registry.summary("a").record(1);

        assertThat(page(registry).value("a_count")).isEqualTo(1);
        assertThat(page(registry).families().get("a").type()).isEqualTo("SUMMARY");
    }

    @Test
    void text_withoutOtherBuckets_isASummary() {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a", 1, 160).build();
        registry.summary("a").record(1.5);

        assertThat(registry.scrape()).isEqualTo("""
                # TYPE a summary
                a_count 1
                a_sum 1.5
                """);
    }

    @Test
    void text_withOtherBuckets_showsThose() {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a", 1, 160).build();
        DistributionSummary.builder("a")
                .serviceLevelObjectives(1)
                .register(registry)
                .record(1.5);

        assertThat(registry.scrape()).isEqualTo("""
                # TYPE a histogram
                a_bucket{le="1.0"} 0
                a_bucket{le="+Inf"} 1
                a_count 1
                a_sum 1.5
                """);
    }

    @Test
    void percentiles_areInTheTextOnly() {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a", 1, 160).build();
        DistributionSummary.builder("a")
                .publishPercentiles(0.5)
                .register(registry)
                .record(1.5);

        assertThat(TextPage.parse(registry.scrape()).value("a", "quantile", "0.5"))
                .isPositive();
        assertThat(page(registry).exponential("a").count()).isEqualTo(1);
    }

    /** Two Micrometer names that are one on the page. */
    @Test
    void summaryAndNativeHistogram_ofOneName_clash() {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a.b", 1, 160).build();
        registry.summary("a.b").record(1);
        registry.throwExceptionOnRegistrationFailure();

        assertThatThrownBy(() -> registry.summary("a_b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Rename one of them.");
    }

    @Test
    void builder_badLayout_isRefused() {
        assertThatThrownBy(() -> builder.nativeHistogram("a", 9, 160))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema must be from 0 to 8: was 9");
    }

    /** The joint of a timer and a counter would miss the exponential buckets. */
    @Test
    void cataloguedTimer_askedFor_countsEachEvent() {
        LoomPrometheusRegistry registry =
                builder.nativeHistogram("http.request.duration", 3, 160).build();
        try (LoomMetrics loom = LoomMetrics.of(registry)) {
            for (int i = 0; i < 10; i++) {
                loom.http().record("GET", "/stories", 200, Duration.ofMillis(30));
            }
        }

        ProtobufPage page = page(registry);
        assertThat(page.exponential("http_request_duration_seconds", "method", "GET", "endpoint", "/stories")
                        .count())
                .isEqualTo(10);
        assertThat(page.value("http_requests_total", "method", "GET", "endpoint", "/stories", "status", "200"))
                .isEqualTo(10);
    }

    /** {@link ProtobufPage} holds each page to its shape. */
    @Test
    void recording_whileOthersScrape_keepsCountsAndBucketsInStep() throws Exception {
        LoomPrometheusRegistry registry = builder.nativeHistogram("a", 8, 20).build();
        DistributionSummary summary =
                DistributionSummary.builder("a").serviceLevelObjectives(1, 10).register(registry);
        AtomicInteger recording = new AtomicInteger(THREADS);
        Race.run(THREADS + 1, number -> {
            if (number == THREADS) {
                double last = 0;
                while (recording.get() > 0) {
                    double count = page(registry).value("a_count");
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

        assertThat(page(registry).value("a_count")).isEqualTo(THREADS * EVENTS);
        assertThat(page(registry).exponential("a").count()).isEqualTo(THREADS * EVENTS);
    }

    private static ProtobufPage page(LoomPrometheusRegistry registry) {
        return ProtobufPages.of(registry);
    }
}
