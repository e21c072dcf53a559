package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without any framework. */
class ApiPageTest {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Vary", "Accept-Encoding", "Cache-Control", "no-store");

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final ApiPage api = ApiPage.builder(registry).sampledByHand().build();

    @ParameterizedTest
    @ValueSource(strings = {"", "/history"})
    void answer_toGet_isJson(String path) throws IOException {
        JsonAnswer answer = JsonAnswer.get(api, path, null);

        assertThat(answer.head()).isEqualTo(new MetricsPage.Head(200, HEADERS));
        assertThat(answer.json().at("/version").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"'',", "/history,", "'', name=drafts"})
    void answer_toHead_isTheHeadOfGet(String path, String query) throws IOException {
        registry.counter("drafts");

        JsonAnswer answer = JsonAnswer.to(api, "HEAD", path, query, Map.of());

        assertThat(answer.head()).isEqualTo(new MetricsPage.Head(200, HEADERS));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void answer_toOtherMethods_is405() throws IOException {
        JsonAnswer answer = JsonAnswer.to(api, "POST", "", null, Map.of());

        assertThat(answer.head().headers()).containsEntry("Allow", "GET, HEAD");
        assertError(answer, 405, "Only GET and HEAD are allowed here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/histories", "/history/", "history"})
    void answer_elsewhere_is404(String path) throws IOException {
        assertError(JsonAnswer.get(api, path, null), 404, "There is nothing here.");
    }

    @Test
    void answer_toANameThatNothingHas_is404() throws IOException {
        registry.counter("drafts");

        assertError(
                JsonAnswer.get(api, "", "name=drafts_total&name=nothing"),
                404,
                "Name 2 of 2 is unknown: no family has it, and no sample of one.");
        JsonAnswer head = JsonAnswer.to(api, "HEAD", "", "name=nothing", Map.of());
        assertThat(head.head().status()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name[]=drafts", "name", "window=5m", "=drafts", "Name=drafts"})
    void answer_toOtherParameters_is400(String query) throws IOException {
        registry.counter("drafts");

        assertError(
                JsonAnswer.get(api, "", "name=drafts&" + query),
                400,
                "Only name=… is understood here, once or more: parameter 2 is something else.");
        assertError(JsonAnswer.get(api, "/history", query), 400, "The history takes no parameters.");
    }

    @Test
    void answer_toABadQuery_saysWhatIsBad() throws IOException {
        assertError(
                JsonAnswer.get(api, "", "name=%zz"),
                400,
                "The query must be URL-encoded: two hexadecimal digits follow each %.");
        assertError(
                JsonAnswer.get(api, "", "name=" + "a".repeat(65_536)),
                414,
                "The query must have 65536 characters or less: it has 65541.");
    }

    @Test
    void answer_toAHeaderThatIsTooLong_is431() throws IOException {
        assertError(
                JsonAnswer.to(api, "GET", "", null, Map.of("Accept-Encoding", "gzip,".repeat(2_000))),
                431,
                "The header Accept-Encoding must have 8192 characters or less: 10000 were sent.");
    }

    @Test
    void answer_forWhoTakesGzip_isCompressedFromTwoKibibytesOn() throws IOException {
        LoomMetrics.of(registry).http().record("GET", "/a", 200, Duration.ofMillis(5));
        Map<String, String> gzip = Map.of("Accept-Encoding", "gzip");

        JsonAnswer summary = JsonAnswer.to(api, "GET", "", null, gzip);
        assertThat(summary.head().headers()).containsAllEntriesOf(HEADERS).containsEntry("Content-Encoding", "gzip");
        assertThat(summary.unzipped().at("/http/requests_total").intValue()).isEqualTo(1);

        JsonAnswer history = JsonAnswer.to(api, "GET", "/history", null, gzip);
        assertThat(history.head().headers()).doesNotContainKey("Content-Encoding");
        assertThat(history.json().at("/times")).isEmpty();
    }

    /** A client that goes away, or a fault: what was sent until then must not parse. */
    @Test
    void answer_thatBreaksOff_doesNotLookWhole() {
        LoomMetrics.of(registry);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        OutputStream broken = new OutputStream() {
            private boolean open = true;

            @Override
            public void write(int b) throws IOException {
                if (sent.size() == 9_000 && open) {
                    open = false;
                    throw new IOException("gone");
                }
                sent.write(b);
            }
        };

        assertThatIOException()
                .isThrownBy(
                        () -> api.answer("GET", "", "name=loom_rule_duration_seconds", none -> null, head -> broken))
                .withMessage("gone");
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> JsonAnswer.parse(sent.toString(StandardCharsets.UTF_8)));
    }

    @Test
    void answer_toNames_isTheseFamiliesOnce() throws IOException {
        registry.counter("drafts", "kind", "outline").increment(3);
        registry.counter("letters");

        JsonNode families = JsonAnswer.get(api, "", "name=drafts_total&name=drafts&name=drafts_total")
                .json()
                .at("/families");

        assertThat(families).isEqualTo(JsonAnswer.parse("""
                [{"name": "drafts_total", "type": "counter", "help": null, "unit": null, "samples": [
                    {"name": "drafts_total", "labels": {"kind": "outline"}, "value": 3}]}]
                """));
    }

    @Test
    void step_outOfRange_isRefused() {
        ApiPageBuilder builder = ApiPage.builder(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.step(Duration.ofMillis(999)))
                .withMessage("step must be 1 to 30 seconds: was PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.step(Duration.ofSeconds(31)))
                .withMessage("step must be 1 to 30 seconds: was PT31S");
    }

    private static void assertError(JsonAnswer answer, int status, String message) throws IOException {
        assertThat(answer.head().status()).isEqualTo(status);
        assertThat(answer.head().headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Content-Length", Integer.toString(answer.body().length));
        assertThat(answer.json())
                .isEqualTo(JsonAnswer.parse(
                        "{\"error\": {\"status\": " + status + ", \"message\": \"" + message + "\"}}"));
        assertThat(ApiSchema.read().errors(answer.json())).isEmpty();
    }
}
