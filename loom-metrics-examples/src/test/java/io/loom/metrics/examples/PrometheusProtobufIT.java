package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One registry, which a real Prometheus scrapes both as text and as protobuf, with native histograms switched on. */
class PrometheusProtobufIT {
    private static final String[] FLAGS = {"--enable-feature=exemplar-storage,native-histograms"};
    private static final int MANY = 20_000;

    @TempDir
    private static Path directory;

    private static HttpServer server;
    private static PrometheusServer prometheus;
    private static volatile String accepted = "";
    private static double recordedAt;

    private static final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .maxima(false)
            .spanContext(new OneSpan())
            .nativeHistograms(name -> name.equals("native.coarse"), 8, KnownDistribution.FEW_BUCKETS)
            .nativeHistograms(
                    name -> name.startsWith("native."), KnownDistribution.SCHEMA, KnownDistribution.MANY_BUCKETS)
            .build();

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        recordedAt = System.currentTimeMillis() / 1e3;
        record();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/text", ExpositionFormat.TEXT);
        serve("/protobuf", ExpositionFormat.PROTOBUF);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        prometheus = PrometheusServer.start(
                program,
                directory,
                Map.of("text", address.resolve("/text"), "protobuf", address.resolve("/protobuf")),
                FLAGS);
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
    }

    @Test
    void accept_withTheFlag_asksForProtobufFirst() {
        assertThat(accepted)
                .startsWith(
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
    }

    /** A large family comes in several messages of one name. */
    @Test
    void samples_throughBothFormats_areTheSame() throws Exception {
        Map<Map<String, String>, Double> text = prometheus.samples("text", "native_.*");
        Map<Map<String, String>, Double> protobuf = prometheus.samples("protobuf", "native_.*");

        assertThat(text).hasSizeGreaterThan(MANY + 20);
        assertThat(protobuf).isEqualTo(text);
    }

    @Test
    void duplicates_inEitherFormat_areNowhere() throws Exception {
        assertThat(prometheus.refusedSamples())
                .hasSize(3)
                .allSatisfy((reason, samples) -> assertThat(samples).isZero());
    }

    /** The bounds of a text page are texts. Those of protobuf are numbers, which Prometheus writes in its own way. */
    @Test
    void bounds_smallOrLarge_areWrittenInAnotherWay() throws Exception {
        assertThat(bounds("text")).containsExactlyInAnyOrder("5.0E-4", "0.1", "1.0", "2000000.0", "+Inf");
        assertThat(bounds("protobuf")).containsExactlyInAnyOrder("0.0005", "0.1", "1.0", "2e+06", "+Inf");
    }

    @ParameterizedTest
    @CsvSource({
        "native_uniform, 0.01",
        "native_uniform, 0.5",
        "native_uniform, 0.9",
        "native_uniform, 0.99",
        "native_exponential_seconds, 0.01",
        "native_exponential_seconds, 0.5",
        "native_exponential_seconds, 0.9",
        "native_exponential_seconds, 0.99",
        "native_coarse, 0.01",
        "native_coarse, 0.5",
        "native_coarse, 0.9",
        "native_coarse, 0.99"
    })
    void quantile_ofAKnownDistribution_isWithinTheErrorOfItsSchema(String name, double quantile) throws Exception {
        KnownDistribution distribution = KnownDistribution.BY_NAME.get(name);
        double exact = distribution.quantile().applyAsDouble(quantile);
        double error = Math.pow(2, Math.pow(2, -distribution.schema())) - 1;

        assertThat(values("protobuf", "histogram_quantile(" + quantile + ", " + name + "{%s})"))
                .singleElement()
                .satisfies(found -> assertThat(found / exact - 1).isCloseTo(0, within(error)));
    }

    /** The budget leaves less than an eighth of what the schema began with. */
    @Test
    void schema_ofFewBuckets_isCoarse() {
        assertThat(KnownDistribution.BY_NAME.get("native_coarse").schema()).isBetween(-1, 2);
        assertThat(KnownDistribution.BY_NAME.get("native_uniform").schema()).isEqualTo(KnownDistribution.SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({"native_uniform", "native_exponential_seconds", "native_coarse", "native_both_seconds"})
    void countAndSum_ofNativeHistograms_areThoseOfTheText(String name) throws Exception {
        assertThat(values("protobuf", "histogram_count(" + name + "{%s})"))
                .isEqualTo(values("text", name + "_count{%s}"))
                .hasSize(1);
        assertThat(values("protobuf", "histogram_sum(" + name + "{%s})"))
                .isEqualTo(values("text", name + "_sum{%s}"))
                .hasSize(1);
    }

    /** Why native histograms are off unless one asks for them. */
    @Test
    void buckets_ofAHistogramThatHasBoth_areNotStored() throws Exception {
        assertThat(values("text", "native_both_seconds_bucket{%s}")).hasSize(2);
        assertThat(values("protobuf", "native_both_seconds_bucket{%s}")).isEmpty();
    }

    @Test
    void nativeHistogram_thatIsEmpty_hasACountOfZero() throws Exception {
        assertThat(values("protobuf", "histogram_count(native_empty{%s})")).containsExactly(0.0);
    }

    /** This Prometheus does not know the exemplars of a native histogram that has no other buckets. */
    @ParameterizedTest
    @CsvSource({"counted_total, 3", "objectives_seconds_bucket, 1", "native_both_seconds, 1.5"})
    void exemplars_throughProtobuf_arrive(String name, String value) throws Exception {
        Eventually.holds(
                "Prometheus has the exemplar",
                () -> !prometheus.exemplars(name + "{job=\"protobuf\"}").isEmpty());

        assertThat(prometheus.exemplars(name + "{job=\"protobuf\"}"))
                .singleElement()
                .satisfies(exemplar -> {
                    assertThat(exemplar.labels())
                            .containsEntry("trace_id", OneSpan.TRACE_ID)
                            .containsEntry("span_id", OneSpan.SPAN_ID);
                    assertThat(exemplar.value()).isEqualTo(Double.parseDouble(value));
                    assertThat(exemplar.timestamp()).isCloseTo(recordedAt, within(60.0));
                });
    }

    private static void record() {
        Counter.builder("counted").tag("kind", "a\"b\\\n龙").register(registry).increment(3);
        registry.counter("fractions").increment(0.1);
        Gauge.builder("huge", () -> Long.MAX_VALUE).register(registry);
        Gauge.builder("negative", () -> -0.5).register(registry);
        Gauge.builder("build.info", () -> 1).tag("version", "1").register(registry);
        DistributionSummary bounds = DistributionSummary.builder("bounds")
                .serviceLevelObjectives(0.0005, 0.1, 1, 2_000_000)
                .register(registry);
        Arrays.stream(new double[] {0.0001, 0.5, 3, 3_000_000}).forEach(bounds::record);
        registry.timer("plain").record(1_234_567_891, TimeUnit.NANOSECONDS);
        Timer.builder("objectives")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofSeconds(1))
                .register(registry)
                .record(1, TimeUnit.SECONDS);
        LongTaskTimer.builder("tasks")
                .serviceLevelObjectives(Duration.ofDays(1))
                .register(registry);
        for (int i = 0; i < MANY; i++) {
            int value = i;
            Gauge.builder("many", () -> value).tag("i", "" + i).register(registry);
        }
        registry.summary("native.empty");
        Timer.builder("native.both")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry)
                .record(1_500, TimeUnit.MILLISECONDS);
        Timer exponential = registry.timer("native.exponential");
        KnownDistribution.BY_NAME
                .get("native_exponential_seconds")
                .draw(seconds -> exponential.record(Math.round(seconds * 1e9), TimeUnit.NANOSECONDS));
        KnownDistribution.BY_NAME.get("native_uniform").draw(registry.summary("native.uniform")::record);
        KnownDistribution.BY_NAME.get("native_coarse").draw(registry.summary("native.coarse")::record);
    }

    private static void serve(String path, ExpositionFormat format) {
        server.createContext(path, exchange -> {
            accepted = exchange.getRequestHeaders().getFirst("Accept");
            exchange.getResponseHeaders().set("Content-Type", format.contentType());
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                registry.scrape(format, body);
            }
        });
    }

    /** {@return the values of {@link #found}} */
    private static List<Double> values(String job, String query) throws IOException, InterruptedException {
        return List.copyOf(found(job, query).values());
    }

    /**
     * {@return what Prometheus answers for the last scrape of a job that went well}
     *
     * @param query with {@code %s} for the job
     */
    private static Map<Map<String, String>, Double> found(String job, String query)
            throws IOException, InterruptedException {
        return prometheus.valuesByLabels(query.formatted("job=\"" + job + '"'), prometheus.lastScrape(job));
    }

    private static List<String> bounds(String job) throws IOException, InterruptedException {
        return found(job, "bounds_bucket{%s}").keySet().stream()
                .map(labels -> labels.get("le"))
                .toList();
    }

    /** What all is recorded in. */
    private static final class OneSpan implements SpanContext {
        private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
        private static final String SPAN_ID = "00f067aa0ba902b7";

        @Override
        public String getCurrentTraceId() {
            return TRACE_ID;
        }

        @Override
        public String getCurrentSpanId() {
            return SPAN_ID;
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return true;
        }

        @Override
        public void markCurrentSpanAsExemplar() {}
    }
}
