package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spans that a service sends; closing it sends the last of them. */
class NarrativeServiceTracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    private final ScriptedProvider model = new ScriptedProvider();
    private OtlpStub receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = OtlpStub.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void story_thatIsTold_isASpanWithOneOfTheModelBelow() throws Exception {
        try (NarrativeService service = service("1")) {
            assertThat(new ServiceClient(service.uri()).generate().status()).isEqualTo(200);
        }

        Span request = span(SpanKind.SPAN_KIND_SERVER);
        assertThat(request.getName()).isEqualTo("POST /api/v1/generate");
        assertThat(attribute(request, "http.request.method")).isEqualTo("POST");
        assertThat(attribute(request, "http.route")).isEqualTo("/api/v1/generate");
        assertThat(attribute(request, "http.response.status_code")).isEqualTo("200");
        assertThat(request.getParentSpanId()).isEmpty();
        Span attempt = span(SpanKind.SPAN_KIND_CLIENT);
        assertThat(attempt.getName()).isEqualTo("chat " + model.model());
        assertThat(attempt.getTraceId()).isEqualTo(request.getTraceId());
        assertThat(attempt.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attribute(attempt, "gen_ai.provider.name")).isEqualTo(model.name());
        assertThat(attribute(attempt, "gen_ai.request.model")).isEqualTo(model.model());
        assertThat(Integer.parseInt(attribute(attempt, "gen_ai.usage.input_tokens")))
                .isPositive();
        assertThat(Integer.parseInt(attribute(attempt, "gen_ai.usage.output_tokens")))
                .isPositive();
        assertThat(receiver.resources())
                .allSatisfy(resource -> assertThat(OtlpStub.attribute(resource.getAttributesList(), "service.name"))
                        .isEqualTo("loom"));
    }

    @Test
    void attempt_thatFails_isASpanOfItsOwnWithTheErrorType() throws Exception {
        model.fails(ErrorType.RATE_LIMIT);
        try (NarrativeService service = service("1")) {
            new ServiceClient(service.uri()).generate();
        }

        Eventually.passes(() -> assertThat(spans(SpanKind.SPAN_KIND_CLIENT)).hasSize(2));
        List<Span> attempts = spans(SpanKind.SPAN_KIND_CLIENT);
        assertThat(attempts.get(0).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attribute(attempts.get(0), "error.type")).isEqualTo("rate_limit");
        assertThat(attempts.get(1).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void request_thatFails_isAnError() throws Exception {
        model.fails(ErrorType.AUTH);
        try (NarrativeService service = service("1")) {
            new ServiceClient(service.uri()).generate();
        }

        Span request = span(SpanKind.SPAN_KIND_SERVER);
        assertThat(request.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attribute(request, "error.type")).isEqualTo("502");
    }

    @Test
    void request_withATraceOfItsOwn_goesOnWithIt() throws Exception {
        try (NarrativeService service = service("0")) {
            send(service.uri(), "00-" + TRACE + '-' + PARENT + "-01");
        }

        assertThat(OtlpStub.hex(span(SpanKind.SPAN_KIND_SERVER).getTraceId())).isEqualTo(TRACE);
        assertThat(OtlpStub.hex(span(SpanKind.SPAN_KIND_SERVER).getParentSpanId()))
                .isEqualTo(PARENT);
    }

    @Test
    void request_ofATraceThatIsNotSampled_isNotSent() throws Exception {
        try (NarrativeService service = service("1")) {
            send(service.uri(), "00-" + TRACE + '-' + PARENT + "-00");
        }

        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void request_ofAProbeOrAScraper_hasNoSpan() throws Exception {
        try (NarrativeService service = service("1")) {
            ServiceClient client = new ServiceClient(service.uri());
            client.get("/health");
            client.get("/metrics");
            client.get("/wp-login.php");
        }

        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void exemplar_ofARequest_leadsToItsSpan() throws Exception {
        String page;
        try (NarrativeService service = service("1")) {
            new ServiceClient(service.uri()).generate();
            Eventually.holds(
                    "the request is counted, just after its answer",
                    () -> generated(openMetrics(service)).contains("trace_id"));
            page = openMetrics(service);
        }

        Span request = span(SpanKind.SPAN_KIND_SERVER);
        Span attempt = span(SpanKind.SPAN_KIND_CLIENT);
        assertThat(generated(page)).contains(OtlpStub.hex(request.getTraceId()), OtlpStub.hex(request.getSpanId()));
        assertThat(line(page, "loom_llm_requests_total{"))
                .contains(OtlpStub.hex(attempt.getTraceId()), OtlpStub.hex(attempt.getSpanId()));
    }

    @Test
    void service_withoutAReceiver_hasNoExemplars() throws Exception {
        try (NarrativeService service = NarrativeService.start(
                TestConfig.quiet(), loom -> List.of(LlmClient.of(model, loom, duration -> {})))) {
            new ServiceClient(service.uri()).generate();
            Eventually.holds(
                    "the request is counted, just after its answer",
                    () -> generated(openMetrics(service)).endsWith(" 1"));

            assertThat(openMetrics(service)).doesNotContain("trace_id");
        }
    }

    private NarrativeService service(String sampling) throws IOException {
        ServiceConfig config = TestConfig.of(
                Map.of(Setting.OTLP_ENDPOINT, receiver.endpoint().toString(), Setting.TRACE_SAMPLING, sampling));
        return NarrativeService.start(config, loom -> List.of(LlmClient.of(model, loom, duration -> {})));
    }

    private static void send(URI service, String traceparent) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/v1/generate"))
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString(ServiceClient.WISH))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private Span span(SpanKind kind) throws Exception {
        Eventually.passes(() -> assertThat(spans(kind)).hasSize(1));
        return spans(kind).get(0);
    }

    private List<Span> spans(SpanKind kind) {
        return receiver.spans().stream()
                .filter(span -> span.getKind() == kind)
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .toList();
    }

    private static String attribute(Span span, String key) {
        return OtlpStub.attribute(span.getAttributesList(), key);
    }

    private static String openMetrics(NarrativeService service) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        service.registry().scrape(ExpositionFormat.OPENMETRICS, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String generated(String page) {
        return line(page, "http_requests_total{", "status=\"200\"", "generate");
    }

    private static String line(String page, String... parts) {
        return page.lines()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .findFirst()
                .orElseThrow();
    }
}
