package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One story, followed from an exemplar in Prometheus to its trace and to its line in the log. */
class StoryTraceIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REQUESTS = "http_requests_total{endpoint=\"/api/v1/generate\"}";

    @TempDir
    private static Path directory;

    @AutoClose
    private static OtlpStub receiver;

    @AutoClose
    private static ServiceProcess service;

    @AutoClose
    private static PrometheusServer prometheus;

    private static String session;

    @BeforeAll
    static void tellAStory() throws Exception {
        Path program = StackProgram.require("prometheus");
        receiver = OtlpStub.start();
        service = ServiceProcess.start(
                directory,
                "--port=0",
                "--latency-scale=0.01",
                "--log=json",
                "--otlp-endpoint=" + receiver.endpoint(),
                "--trace-sampling=1");
        URI uri = service.awaitUri();
        ServiceClient.Reply reply = new ServiceClient(uri).generate();
        assertThat(reply.status()).isEqualTo(200);
        session = reply.text("session");
        prometheus = PrometheusServer.start(
                program, directory, Map.of("loom", uri.resolve("/metrics")), "--enable-feature=exemplar-storage");
        prometheus.awaitTarget();
    }

    @Test
    void story_exemplarSpanAndLogLine_haveTheSameTrace() throws Exception {
        Eventually.holds(
                "Prometheus has an exemplar of the story", () -> !exemplars().isEmpty());
        Eventually.holds("the receiver has the story's span", () -> !requests().isEmpty());
        JsonNode line = storyLine();
        Span span = requests().get(0);

        assertThat(requests()).hasSize(1);
        assertThat(line.path("trace_id").asText()).isEqualTo(OtlpStub.hex(span.getTraceId()));
        assertThat(exemplars().get(0).labels())
                .containsEntry("trace_id", OtlpStub.hex(span.getTraceId()))
                .containsEntry("span_id", OtlpStub.hex(span.getSpanId()));
    }

    @Test
    void log_everyLine_isJson() throws Exception {
        assertThat(lines()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("@timestamp").asText()).isNotEmpty();
            assertThat(line.path("level").asText()).isIn("INFO", "WARN");
            assertThat(line.path("message").asText()).isNotEmpty();
        });
        assertThat(service.process().err()).isEmpty();
    }

    @Test
    void log_lineOfTheStory_hasItsFields() throws Exception {
        JsonNode line = storyLine();

        assertThat(line.path("endpoint").asText()).isEqualTo("/api/v1/generate");
        assertThat(line.path("session").asText()).isEqualTo(session);
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("message").asText()).isEqualTo("POST /api/v1/generate");
    }

    private static List<PrometheusServer.Exemplar> exemplars() throws IOException, InterruptedException {
        return prometheus.exemplars(REQUESTS);
    }

    private static List<Span> requests() {
        return receiver.spans().stream()
                .filter(span -> span.getName().equals("POST /api/v1/generate"))
                .toList();
    }

    private static JsonNode storyLine() throws Exception {
        Eventually.holds(
                "the story has a line in the log", () -> lines().stream().anyMatch(line -> line.has("session")));
        return lines().stream().filter(line -> line.has("session")).findFirst().orElseThrow();
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        String out = service.process().out();
        for (String line : out.substring(0, out.lastIndexOf('\n') + 1).lines().toList()) { // the last may be on its way
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
