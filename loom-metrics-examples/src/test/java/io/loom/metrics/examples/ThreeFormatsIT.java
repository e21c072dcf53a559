package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.MetricsHandler;
import io.loom.metrics.prometheus.http.MetricsPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One registry on three pages, each of one format: a real Prometheus finds the same through each of them. What only one format
 * has is apart: exemplars are here, and the quantiles of native histograms in {@link PrometheusProtobufIT}.
 */
class ThreeFormatsIT {
    private static final String[] FLAGS = {"--enable-feature=exemplar-storage,native-histograms"};

    /** All that a scrape itself changes. */
    private static final String MOVING = "loom_metrics_scrape_duration_seconds.*";

    @TempDir
    private static Path directory;

    /** Maxima and percentiles stay for a day. */
    private static final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .config(key -> key.equals("prometheus.step") ? "1d" : null)
            .spanContext(new OpenTelemetrySpanContext())
            .build();

    private static final LoomMetrics loom = LoomMetrics.builder(registry)
            .pricing(KnownBatch.PRICES)
            .processMetrics(false)
            .build();
    private static final FinishedSpans finished = new FinishedSpans();

    private static HttpServer server;
    private static ServiceClient client;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        new KnownBatch(loom).record();
        recordOfEachType();
        recordInSpans();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (ExpositionFormat format : ExpositionFormat.values()) {
            MetricsPage page =
                    MetricsPage.builder(registry).formats(List.of(format)).build();
            server.createContext(path(format), new MetricsHandler(page));
        }
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = new ServiceClient(address);
        Map<String, URI> pages = List.of(ExpositionFormat.values()).stream()
                .collect(Collectors.toMap(ExpositionFormat::label, format -> address.resolve(path(format))));
        prometheus = PrometheusServer.start(program, directory, pages, FLAGS);
        prometheus.awaitTarget();
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (server != null) {
            server.stop(0);
        }
        loom.close();
    }

    @ParameterizedTest
    @EnumSource(ExpositionFormat.class)
    void page_ofOneFormat_hasNoOther(ExpositionFormat format) throws Exception {
        assertThat(client.get(path(format)).header("Content-Type")).isEqualTo(format.contentType());
    }

    @ParameterizedTest
    @EnumSource(ExpositionFormat.class)
    void samples_throughAnyFormat_areThoseThatWereRecorded(ExpositionFormat format) throws Exception {
        assertThat(prometheus.samples(format.label(), MOVING)).isEqualTo(samplesOfThePage());
    }

    /** What is compared has samples of each type. */
    @Test
    void samples_ofTheRecording_areOfAllTypes() throws Exception {
        assertThat(samplesOfThePage().keySet().stream().map(labels -> labels.get("__name__")))
                .contains(
                        "loom_llm_requests_total",
                        "loom_llm_cost_usd_total",
                        "functions_total",
                        "loom_sessions_active",
                        "negative",
                        "build_info",
                        "loom_llm_request_duration_seconds_bucket",
                        "loom_llm_request_duration_seconds_sum",
                        "loom_llm_request_duration_seconds_count",
                        "loom_llm_request_duration_seconds_max",
                        "http_request_duration_seconds_bucket",
                        "plain_seconds_sum",
                        "plain_seconds_count",
                        "plain_seconds_max",
                        "pages",
                        "pages_sum",
                        "pages_count",
                        "pages_max",
                        "calls_seconds_count",
                        "tasks_seconds_bucket",
                        "tasks_seconds_gcount");
    }

    @Test
    void samples_ofAnyFormat_areNotRefused() throws Exception {
        assertThat(prometheus.refusedSamples())
                .hasSize(3)
                .allSatisfy((reason, samples) -> assertThat(samples).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "generate, loom_llm_requests_total, '', 1",
        "generate, loom_llm_request_duration_seconds_bucket, 1.0, 0.84",
        "generate, http_request_duration_seconds_bucket, 1.0, 0.9",
        "draft, drafts_total, '', 2",
        "draft, lengths_bucket, 100.0, 70"
    })
    void exemplar_ofWhatWasRecordedInASpan_leadsToTheSpan(String name, String metric, String le, double value)
            throws Exception {
        SpanData span = finished.named(name);
        String selector = metric + "{job=\"openmetrics\"}";
        Eventually.holds(
                "Prometheus has the exemplar",
                () -> !prometheus.exemplars(selector).isEmpty());

        assertThat(prometheus.exemplars(selector)).singleElement().satisfies(exemplar -> {
            assertThat(exemplar.labels())
                    .containsEntry("trace_id", span.getTraceId())
                    .containsEntry("span_id", span.getSpanId());
            assertThat(exemplar.series().getOrDefault("le", "")).isEqualTo(le);
            assertThat(exemplar.value()).isEqualTo(value);
        });
    }

    private static void recordOfEachType() {
        loom.http().record("GET", "/api/v1/stories/{id}", 200, Duration.ofMillis(3));
        loom.cache("response").hits(7);
        FunctionCounter.builder("functions", registry, it -> 0.1).register(registry);
        Gauge.builder("negative", () -> -0.5).register(registry);
        Gauge.builder("nothing", () -> Double.NaN).register(registry);
        Gauge.builder("build.info", () -> 1).tag("version", "1").register(registry);
        registry.timer("plain").record(1_234_567_891, TimeUnit.NANOSECONDS);
        DistributionSummary pages = DistributionSummary.builder("pages")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        List.of(1, 20, 300).forEach(pages::record);
        FunctionTimer.builder("calls", registry, it -> 3, it -> 0.25, TimeUnit.SECONDS)
                .register(registry);
        LongTaskTimer.builder("tasks")
                .serviceLevelObjectives(Duration.ofDays(1))
                .register(registry);
    }

    private static void recordInSpans() {
        Counter drafts = registry.counter("drafts");
        DistributionSummary lengths = DistributionSummary.builder("lengths")
                .serviceLevelObjectives(10, 100, 1_000)
                .register(registry);
        try (SdkTracerProvider tracing = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(finished))
                .build()) {
            inSpan(tracing, "generate", () -> {
                loom.llm("anthropic", "claude-x").record(Duration.ofMillis(840), Usage.of(120, 300));
                loom.http().record("POST", "/api/v1/generate", 200, Duration.ofMillis(900));
            });
            inSpan(tracing, "draft", () -> {
                drafts.increment(2);
                lengths.record(70);
            });
        }
    }

    private static void inSpan(SdkTracerProvider tracing, String name, Runnable work) {
        Span span = tracing.get("test").spanBuilder(name).startSpan();
        Context.current().with(span).wrap(work).run();
        span.end();
    }

    private static String path(ExpositionFormat format) {
        return '/' + format.label();
    }

    /** {@return what the text page shows, by name and labels} */
    private static Map<Map<String, String>, Double> samplesOfThePage() throws IOException, InterruptedException {
        Map<Map<String, String>, Double> samples = new HashMap<>();
        client.get(path(ExpositionFormat.TEXT)).page().samples().forEach(sample -> {
            if (!sample.name().matches(MOVING)) {
                Map<String, String> labels = PrometheusServer.comparable(sample.labels());
                labels.put("__name__", sample.name());
                samples.put(labels, sample.value());
            }
        });
        return samples;
    }

    /** What the SDK gives to exporters: sampled spans that have ended. */
    private static final class FinishedSpans implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        SpanData named(String name) {
            Map<String, SpanData> byName =
                    spans.stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
            assertThat(byName).containsKey(name);
            return byName.get(name);
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
