package io.loom.metrics.examples;

import static io.loom.metrics.examples.ServiceClient.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.ServiceClient.Reply;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong, what the client is told of it, and the metrics that it leaves. */
class NarrativeServiceErrorsTest {

    @AutoClose
    private TestService service;

    @BeforeEach
    void start() throws IOException {
        service = TestService.start();
    }

    @Test
    void generate_failureThatStays_answers502() throws Exception {
        service.model().fails(ErrorType.AUTH);

        Reply reply = service.client().generate();

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text("error")).isEqualTo("openai/gpt-4: auth");
        service.awaitSum(1, "http_requests_total", "endpoint=/api/v1/generate", "status=502");
        service.awaitSum(0, "loom_narratives_generated_total");
    }

    @Test
    void generate_onlyDraftsWithGraveFlaws_answers502() throws Exception {
        service.model()
                .writes(ScriptedProvider.GRAVELY_FLAWED)
                .writes(ScriptedProvider.GRAVELY_FLAWED)
                .writes(ScriptedProvider.GRAVELY_FLAWED);

        Reply reply = service.client().generate();

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text("error")).isEqualTo("none of 3 drafts may be shown");
    }

    @Test
    void generate_bugInAHandler_answers500AndTellsNothingOfIt() throws Exception {
        service.model().breaks(new IllegalStateException("the secret of the house"));

        Reply reply = service.client().generate();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"error\":\"the service has failed; its log says why\"}\n");
        service.awaitSum(1, "http_requests_total", "endpoint=/api/v1/generate", "status=500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''                                    | the body must be a JSON object
                [1]                                   | the body must be a JSON object
                {nope                                 | the body must be JSON: it is not from line 1, column 2 on
                {} {}                                 | the body must be JSON: it is not from line 1, column 4 on
                {}                                    | genre must be given, and not be blank
                {"genre": null}                       | genre must be given, and not be blank
                {"genre": 7}                          | genre must be text: was 7
                {"genre": "horror"}                   | prompt must be given, and not be blank
                {"genre": "horror", "prompt": " "}    | prompt must be given, and not be blank
                {"genre": "opera", "prompt": "x"}     | genre must be one of fantasy, mystery, romance, science_fiction, horror, adventure: was "opera"
                """)
    void generate_badBody_answers400InOneLine(String body, String error) throws Exception {
        Reply reply = service.client().post(GENERATE, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo(error);
        assertThat(reply.body().lines()).hasSize(1);
        service.awaitSum(1, "http_requests_total", "endpoint=/api/v1/generate", "status=400");
    }

    @ParameterizedTest
    @CsvSource({"65536, 400", "65537, 413", "2000000, 413"})
    void generate_largeBody_is413FromTheLimitOn(int length, int status) throws Exception {
        assertThat(service.client().post(GENERATE, "x".repeat(length)).status()).isEqualTo(status);
    }

    @Test
    void story_unknown_answers404UnderItsTemplate() throws Exception {
        assertThat(service.client().get("/api/v1/stories/dragon").status()).isEqualTo(404);
        service.awaitSum(1, "http_requests_total", "endpoint=/api/v1/stories/{id}", "status=404");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"type": "love"}                | type must be one of accept, edit, regenerate, reject, abandon, copy, share, rate: was "love"
                {"type": "rate"}                | rating must be given with the type "rate"
                {"type": "rate", "rating": 6}   | rating must be a whole number from 1 to 5: was 6
                {"type": "edit", "rating": 4.5} | rating must be a whole number from 1 to 5: was 4.5
                """)
    void interact_badBody_answers400AndCountsNoInteraction(String body, String error) throws Exception {
        String path = "/api/v1/stories/" + service.client().generate().text("id") + "/interactions";

        Reply reply = service.client().post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo(error);
        service.awaitSum(1, "http_requests_total", "endpoint=/api/v1/stories/{id}/interactions", "status=400");
        service.awaitSum(0, "loom_user_interactions_total");
    }

    @Test
    void unknownPath_any_countsAsOtherAndIsNotOnThePage() throws Exception {
        assertThat(service.client().get("/dragons/77").text("error")).isEqualTo("there is nothing here");
        assertThat(service.client().get("/metricsfoo").status()).isEqualTo(404);

        service.awaitSum(2, "http_requests_total", "endpoint=other", "status=404");
        assertThat(service.client().get("/metrics").body()).doesNotContain("dragons", "metricsfoo");
    }

    @Test
    void knownPath_otherMethod_answers405WithTheOneAllowed() throws Exception {
        Reply reply = service.client().get(GENERATE);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        service.awaitSum(1, "http_requests_total", "method=GET", "endpoint=other", "status=405");
    }

    @Test
    void start_takenPort_saysWhich() {
        ServiceConfig config = TestConfig.of(
                Map.of(Setting.PORT, Integer.toString(service.service().port())));

        assertThatThrownBy(() -> NarrativeService.start(config))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on 127.0.0.1:" + service.service().port()
                        + ": Address already in use. Choose another with --port.");
    }

    @Test
    void start_unknownHost_saysWhich() {
        assertThatThrownBy(() -> NarrativeService.start(TestConfig.of(Map.of(Setting.HOST, "no.such.host.invalid"))))
                .isInstanceOf(IOException.class)
                .hasMessage("host must be one of this machine's names or addresses: was \"no.such.host.invalid\"");
    }
}
