package io.loom.metrics.binder;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.HttpRequest;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Session;
import io.loom.metrics.Severity;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterKind;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed meters over Micrometer's OTLP registry, as a collector gets them. */
class OtlpPushTest {
    private static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            claude-x,0,2.50,10,1.25,,
            """);
    private static final Map<String, String> CLAUDE = Map.of("provider", "anthropic", "model", "claude-x");

    private final MockClock clock = new MockClock();
    private OtlpReceiver receiver;
    private PushedByHand registry;
    private LoomMetrics loom;

    @BeforeEach
    void start() throws IOException {
        receiver = new OtlpReceiver();
        registry = new PushedByHand(receiver.url(), clock);
        loom = LoomMetrics.builder(registry)
                .processMetrics(false)
                .pricing(PRICES)
                .build();
    }

    @AfterEach
    void stop() {
        registry.close();
        receiver.close();
    }

    @Test
    void counters_ofEveryKindOfEvent_arePushedAsCumulativeMonotonicSums() {
        happen();
        registry.push();

        assertThat(receiver.sum("http.requests"))
                .containsEntry(Map.of("method", "POST", "endpoint", "/generate", "status", "201"), 1.0);
        assertThat(receiver.sum("loom.llm.requests")).isEqualTo(Map.of(CLAUDE, 3.0));
        assertThat(receiver.sum("loom.llm.tokens"))
                .isEqualTo(Map.of(claude("type", "prompt"), 120.0, claude("type", "completion"), 300.0));
        assertThat(receiver.sum("loom.llm.cached.tokens")).isEqualTo(Map.of(CLAUDE, 100.0));
        assertThat(receiver.sum("loom.llm.errors"))
                .hasSize(ErrorType.values().length)
                .containsEntry(claude("error_type", "overloaded"), 1.0);
        assertThat(receiver.sum("loom.llm.cancelled")).isEqualTo(Map.of(CLAUDE, 1.0));
        assertThat(receiver.sum("loom.llm.cost")).isEqualTo(Map.of(CLAUDE, 0.003_175));
        assertThat(receiver.sum("loom.cache.hits")).isEqualTo(Map.of(Map.of("cache_type", "response"), 2.0));
        assertThat(receiver.sum("loom.cache.misses")).isEqualTo(Map.of(Map.of("cache_type", "response"), 1.0));
        assertThat(receiver.sum("loom.sessions")).isEqualTo(Map.of(Map.of(), 1.0));
        assertThat(receiver.sum("loom.narratives.words")).isEqualTo(Map.of(Map.of("genre", "fantasy"), 1_240.0));
        assertThat(receiver.sum("loom.rules.violations"))
                .containsEntry(Map.of("rule_type", "consistency", "severity", "major"), 1.0);
    }

    @Test
    void counters_beforeAnyEvent_arePushedAtZero() {
        loom.llm("anthropic", "claude-x");
        registry.push();

        assertThat(receiver.sum("loom.llm.requests")).isEqualTo(Map.of(CLAUDE, 0.0));
        assertThat(receiver.sum("loom.llm.errors"))
                .isEqualTo(atZero("error_type", ErrorType.values(), ErrorType::label));
        assertThat(receiver.sum("loom.llm.finish"))
                .isEqualTo(atZero("finish_reason", FinishReason.values(), FinishReason::label));
        assertThat(receiver.sum("loom.sessions")).isEqualTo(Map.of(Map.of(), 0.0));
    }

    @Test
    void counters_pushedAgain_goOnFromTheSameStart() {
        loom.cache("response").hit();
        registry.push();
        long start = receiver.point("loom.cache.hits").getStartTimeUnixNano();
        clock.add(Duration.ofMinutes(1));
        loom.cache("response").hits(2);
        registry.push();

        assertThat(receiver.pushes()).hasSize(2);
        assertThat(receiver.sum("loom.cache.hits")).isEqualTo(Map.of(Map.of("cache_type", "response"), 3.0));
        assertThat(receiver.point("loom.cache.hits").getStartTimeUnixNano()).isEqualTo(start);
        assertThat(receiver.point("loom.cache.hits").getTimeUnixNano()).isGreaterThan(start);
    }

    @Test
    void durations_pushed_areInSecondsInTheBucketsOfTheCatalogue() {
        happen();
        registry.push();

        HistogramDataPoint durations = receiver.histogram("loom.llm.request.duration", claude("outcome", "success"));
        assertThat(durations.getCount()).isEqualTo(1);
        assertThat(durations.getSum()).isEqualTo(2.5);
        int bucket = durations.getExplicitBoundsList().indexOf(3.0);
        assertThat(durations.getBucketCounts(bucket)).isEqualTo(1);
        assertThat(durations.getBucketCountsList().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void histograms_allThatArePushed_haveTheBoundsOfTheCatalogue() {
        happen();
        registry.push();

        List<LoomMeter> histograms = Arrays.stream(LoomMeter.values())
                .filter(meter -> receiver.metrics().containsKey(meter.meterName()))
                .filter(meter ->
                        meter.spec().kind() == MeterKind.TIMER || meter.spec().kind() == MeterKind.SUMMARY)
                .toList();
        assertThat(histograms).hasSizeGreaterThan(10).allSatisfy(meter -> {
            Metric metric = receiver.metrics().get(meter.meterName());
            assertThat(metric.getHistogram().getAggregationTemporality()).isEqualTo(OtlpReceiver.CUMULATIVE);
            assertThat(metric.getHistogram().getDataPointsList()).isNotEmpty().allSatisfy(point -> {
                assertThat(point.getExplicitBoundsList()).containsExactlyElementsOf(bounds(meter));
                assertThat(point.getBucketCountsList()).hasSize(bounds(meter).size() + 1);
            });
        });
    }

    @Test
    void gauges_pushed_areWhatIsNow() {
        happen();
        loom.llm("anthropic", "claude-x").start();
        loom.sessions().open();
        registry.push();

        assertThat(receiver.gauge("loom.llm.requests.in.progress")).isEqualTo(Map.of(CLAUDE, 1.0));
        assertThat(receiver.gauge("loom.sessions.active")).isEqualTo(Map.of(Map.of(), 1.0));
        assertThat(receiver.gauge("loom.user.satisfaction.score")).isEqualTo(Map.of(Map.of(), Double.NaN));
    }

    @Test
    void metrics_allThatArePushed_haveNameUnitAndHelpOfTheCatalogue() {
        happen();
        registry.push();

        Map<String, LoomMeter> catalogue =
                Arrays.stream(LoomMeter.values()).collect(toMap(LoomMeter::meterName, meter -> meter));
        assertThat(receiver.metrics().values()).hasSizeGreaterThan(40).allSatisfy(metric -> {
            LoomMeter meter = catalogue.get(metric.getName().replaceFirst("\\.max$", ""));
            assertThat(meter).as(metric.getName()).isNotNull();
            assertThat(metric.getDescription()).isEqualTo(meter.spec().help());
            assertThat(metric.getUnit()).isEqualTo(unit(meter));
        });
    }

    @Test
    void closing_theRegistryFirst_pushesAllALastTime() {
        happen();
        registry.close();
        loom.close();

        assertThat(receiver.pushes()).hasSize(1);
        assertThat(receiver.sum("loom.llm.cost")).isEqualTo(Map.of(CLAUDE, 0.003_175));
    }

    @Test
    void closing_theMetersFirst_losesWhatTheyRead() {
        happen();
        loom.close();
        registry.close();

        assertThat(receiver.sum("loom.llm.requests")).isEqualTo(Map.of(CLAUDE, 3.0));
        assertThat(receiver.metrics())
                .doesNotContainKeys("loom.llm.cost", "loom.sessions.active", "loom.llm.requests.in.progress");
    }

    @Test
    void page_setUp_worksAsPrinted(@TempDir Path directory) throws Exception {
        String url = receiver.url();
        List<?> printed = (List<?>)
                PrintedSetUp.run(directory, "otlp.md", "String url", "java.util.List.of(registry, loom)", url);
        ((LoomMetrics) printed.get(1))
                .llm("anthropic", "claude-x")
                .record(Duration.ofMillis(2_500), Usage.of(120, 300));
        ((OtlpMeterRegistry) printed.get(0)).close();

        assertThat(receiver.sum("loom.llm.requests")).isEqualTo(Map.of(CLAUDE, 1.0));
        assertThat(receiver.histogram("loom.llm.request.duration", claude("outcome", "success"))
                        .getSum())
                .isEqualTo(2.5);
        assertThat(OtlpReceiver.attributes(receiver.pushes()
                        .get(0)
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList()))
                .containsEntry("service.name", "stories");
        assertThat(receiver.metrics()).containsKeys("process.resident.memory", "loom.build.info");
    }

    private void happen() {
        try (HttpRequest request = loom.http().start("POST", "/generate")) {
            clock.add(Duration.ofMillis(250));
            request.status(201);
        }
        LlmMeter claude = loom.llm("anthropic", "claude-x");
        claude.record(Duration.ofMillis(2_500), Usage.of(120, 300).withCached(100));
        claude.recordFailure(Duration.ofSeconds(1), ErrorType.OVERLOADED);
        claude.recordCancelled(Duration.ofSeconds(1));
        loom.cache("response").hits(2);
        loom.cache("response").misses(1);
        try (Session session = loom.sessions().open()) {
            session.turn();
        }
        loom.narratives().generated("fantasy", 1_240, Duration.ofSeconds(9));
        loom.rules().executed("consistency", Duration.ofMillis(2));
        loom.rules().violated("consistency", Severity.MAJOR);
    }

    private static Map<String, String> claude(String key, String value) {
        Map<String, String> attributes = new HashMap<>(CLAUDE);
        attributes.put(key, value);
        return attributes;
    }

    private static <E> Map<Map<String, String>, Double> atZero(String key, E[] values, Function<E, String> label) {
        return Arrays.stream(values).collect(toMap(value -> claude(key, label.apply(value)), value -> 0.0));
    }

    private static List<Double> bounds(LoomMeter meter) {
        return Arrays.stream(meter.spec().buckets().upperBounds()).boxed().toList();
    }

    private static String unit(LoomMeter meter) {
        String unit = meter.spec().kind() == MeterKind.TIMER
                ? "seconds"
                : meter.spec().baseUnit();
        return unit == null ? "" : unit;
    }

    /** As the page sets it up, but on the test's clock, and pushed when the test says so. */
    private static final class PushedByHand extends OtlpMeterRegistry {
        PushedByHand(String url, MockClock clock) {
            super(config(url), clock);
        }

        private static OtlpConfig config(String url) {
            Map<String, String> settings = Map.of("otlp.url", url, "otlp.baseTimeUnit", "seconds", "otlp.step", "1d");
            return settings::get;
        }

        void push() {
            publish();
        }
    }
}
