package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.ServiceClient.Reply;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrativeServiceTest {
    private static final String GENERATE = "/api/v1/generate";
    private static final String WISH = "{\"genre\": \"fantasy\", \"prompt\": \"a lost dragon\"}";
    private static final String GRAVELY_FLAWED = ScriptedProvider.SOUND + " It was the year 409.";

    private final ScriptedProvider model = new ScriptedProvider();
    private NarrativeService service;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        service = NarrativeService.start(TestConfig.quiet(), List.of(model));
        client = new ServiceClient(service.uri());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void generate_newWish_tellsAStoryAndCountsAllThatItTook() throws Exception {
        Reply reply = client.post(GENERATE, WISH);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text("genre")).isEqualTo("fantasy");
        assertThat(reply.text("text")).isEqualTo(ScriptedProvider.SOUND);
        assertThat(reply.json().path("words").asInt()).isEqualTo(16);
        assertThat(reply.json().path("cached").asBoolean()).isFalse();
        assertThat(reply.text("id")).isNotBlank();
        assertThat(reply.text("session")).isNotBlank();
        awaitCount(1, "http_requests_total", "method=POST", "endpoint=/api/v1/generate", "status=200");
        MetricsPage page = client.metrics();
        assertThat(page.sum("http_request_duration_seconds_count", "endpoint=/api/v1/generate"))
                .isEqualTo(1);
        assertThat(page.sum("http_requests_in_progress", "endpoint=/api/v1/generate"))
                .isZero();
        assertThat(page.sum("loom_llm_requests_total", "provider=openai", "model=gpt-4"))
                .isEqualTo(1);
        assertThat(page.sum("loom_llm_tokens_total", "type=prompt")).isEqualTo(12);
        assertThat(page.sum("loom_llm_tokens_total", "type=completion")).isEqualTo(34);
        assertThat(page.sum("loom_cache_misses_total", "cache_type=response")).isEqualTo(1);
        assertThat(page.sum("loom_sessions_total")).isEqualTo(1);
        assertThat(page.sum("loom_sessions_active")).isEqualTo(1);
        assertThat(page.sum("loom_narratives_generated_total", "genre=fantasy")).isEqualTo(1);
        assertThat(page.sum("loom_narratives_words_total", "genre=fantasy")).isEqualTo(16);
        assertThat(page.sum("loom_rules_executed_total")).isEqualTo(6);
        assertThat(page.sum("loom_rules_violations_total")).isZero();
        assertThat(page.sum("loom_custom_requests_total")).isEqualTo(1);
        assertThat(page.sum("loom_custom_duration_seconds_count")).isEqualTo(1);
        assertThat(page.sum("loom_custom_active")).isZero();
    }

    @Test
    void generate_sameWishInTheSameSession_answersFromTheCache() throws Exception {
        Reply first = client.post(GENERATE, WISH);
        Reply second = client.post(GENERATE, WISH.replace("{", "{\"session\": \"" + first.text("session") + "\", "));

        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.text("session")).isEqualTo(first.text("session"));
        assertThat(second.json().path("cached").asBoolean()).isTrue();
        awaitCount(1, "loom_cache_hits_total", "cache_type=response");
        awaitCount(1, "loom_llm_requests_total");
        awaitCount(1, "loom_narratives_generated_total");
        awaitCount(1, "loom_sessions_total");
    }

    @Test
    void generate_failureThatMayPass_isTriedAgain() throws Exception {
        model.fails(ErrorType.RATE_LIMIT);

        assertThat(client.post(GENERATE, WISH).status()).isEqualTo(200);
        awaitCount(2, "loom_llm_requests_total");
        awaitCount(1, "loom_llm_errors_total", "provider=openai", "error_type=rate_limit");
    }

    @Test
    void generate_failureThatStays_answers502() throws Exception {
        model.fails(ErrorType.AUTH);

        Reply reply = client.post(GENERATE, WISH);

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text("error")).isEqualTo("openai/gpt-4: auth");
        awaitCount(1, "http_requests_total", "endpoint=/api/v1/generate", "status=502");
        awaitCount(0, "loom_narratives_generated_total");
    }

    @Test
    void generate_draftWithAGraveFlaw_isWrittenAnew() throws Exception {
        model.writes(GRAVELY_FLAWED);

        assertThat(client.post(GENERATE, WISH).text("text")).isEqualTo(ScriptedProvider.SOUND);
        awaitCount(2, "loom_llm_requests_total");
        awaitCount(2, "loom_rules_executed_total", "rule_type=timeline_plot");
        awaitCount(1, "loom_rules_violations_total", "rule_type=timeline_plot", "severity=critical");
        awaitCount(1, "loom_narratives_generated_total");
    }

    @Test
    void generate_onlyDraftsWithGraveFlaws_answers502() throws Exception {
        model.writes(GRAVELY_FLAWED).writes(GRAVELY_FLAWED).writes(GRAVELY_FLAWED);

        Reply reply = client.post(GENERATE, WISH);

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text("error")).isEqualTo("none of 3 drafts may be shown");
    }

    @Test
    void generate_bugInAHandler_answers500AndTellsNothingOfIt() throws Exception {
        model.breaks(new IllegalStateException("the secret of the house"));

        Reply reply = client.post(GENERATE, WISH);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"error\":\"the service has failed; its log says why\"}\n");
        awaitCount(1, "http_requests_total", "endpoint=/api/v1/generate", "status=500");
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
        Reply reply = client.post(GENERATE, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo(error);
        assertThat(reply.body().lines()).hasSize(1);
        awaitCount(1, "http_requests_total", "endpoint=/api/v1/generate", "status=400");
    }

    @ParameterizedTest
    @CsvSource({"65536, 400", "65537, 413", "2000000, 413"})
    void generate_largeBody_is413FromTheLimitOn(int length, int status) throws Exception {
        assertThat(client.post(GENERATE, "x".repeat(length)).status()).isEqualTo(status);
    }

    @Test
    void story_known_isTheOneThatWasTold() throws Exception {
        Reply told = client.post(GENERATE, WISH);

        Reply story = client.get("/api/v1/stories/" + told.text("id"));

        assertThat(story.status()).isEqualTo(200);
        assertThat(story.text("text")).isEqualTo(told.text("text"));
        awaitCount(1, "http_requests_total", "method=GET", "endpoint=/api/v1/stories/{id}", "status=200");
    }

    @Test
    void story_unknown_answers404UnderItsTemplate() throws Exception {
        assertThat(client.get("/api/v1/stories/dragon").status()).isEqualTo(404);
        awaitCount(1, "http_requests_total", "endpoint=/api/v1/stories/{id}", "status=404");
    }

    @Test
    void interact_editAndRatings_countThem() throws Exception {
        String path = "/api/v1/stories/" + client.post(GENERATE, WISH).text("id") + "/interactions";

        assertThat(client.post(path, "{\"type\": \"edit\"}").status()).isEqualTo(200);
        assertThat(client.post(path, "{\"type\": \"accept\", \"rating\": 5}").status())
                .isEqualTo(200);
        assertThat(client.post(path, "{\"type\": \"rate\", \"rating\": 2}").status())
                .isEqualTo(200);

        awaitCount(3, "http_requests_total", "endpoint=/api/v1/stories/{id}/interactions", "status=200");
        MetricsPage page = client.metrics();
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=edit"))
                .isEqualTo(1);
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=accept"))
                .isEqualTo(1);
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=rate"))
                .isEqualTo(2);
        assertThat(page.sum("loom_user_satisfaction_score")).isEqualTo(3.5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"type": "love"}                | type must be one of accept, edit, regenerate, reject, abandon, copy, share, rate: was "love"
                {"type": "rate"}                | rating must be given with the type "rate"
                {"type": "rate", "rating": 6}   | rating must be a whole number from 1 to 5: was 6
                {"type": "edit", "rating": 4.5} | rating must be a whole number from 1 to 5: was 4.5
                """)
    void interact_badBody_answers400AndCountsNoInteraction(String body, String error) throws Exception {
        String path = "/api/v1/stories/" + client.post(GENERATE, WISH).text("id") + "/interactions";

        Reply reply = client.post(path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("error")).isEqualTo(error);
        awaitCount(1, "http_requests_total", "endpoint=/api/v1/stories/{id}/interactions", "status=400");
        awaitCount(0, "loom_user_interactions_total");
    }

    @Test
    void closeSession_open_isNoLongerActive() throws Exception {
        String path = "/api/v1/sessions/" + client.post(GENERATE, WISH).text("session");

        assertThat(client.send("DELETE", path, "").status()).isEqualTo(200);
        assertThat(client.send("DELETE", path, "").status()).isEqualTo(404);
        awaitCount(0, "loom_sessions_active");
        awaitCount(1, "loom_sessions_total");
    }

    @Test
    void health_running_isHealthyAndMetered() throws Exception {
        assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"healthy\"}\n");
        assertThat(client.send("HEAD", "/health", "").status()).isEqualTo(200);
        awaitCount(1, "http_requests_total", "method=GET", "endpoint=/health", "status=200");
        awaitCount(1, "http_requests_total", "method=HEAD", "endpoint=/health", "status=200");
    }

    @Test
    void metrics_scraped_areMeteredThemselves() throws Exception {
        Reply page = client.get("/metrics");

        assertThat(page.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(MetricsPage.of(page.body()).sum("http_requests_in_progress", "endpoint=/metrics"))
                .isEqualTo(1);
        Eventually.holds(
                "the scrape is counted",
                () -> pageInside().sum("http_requests_total", "endpoint=/metrics", "status=200") == 1);
    }

    @Test
    void unknownPath_any_countsAsOtherAndIsNotOnThePage() throws Exception {
        assertThat(client.get("/dragons/77").text("error")).isEqualTo("there is nothing here");
        assertThat(client.get("/metricsfoo").status()).isEqualTo(404);

        awaitCount(2, "http_requests_total", "endpoint=other", "status=404");
        assertThat(client.get("/metrics").body()).doesNotContain("dragons", "metricsfoo");
    }

    @Test
    void knownPath_otherMethod_answers405WithTheOneAllowed() throws Exception {
        Reply reply = client.get(GENERATE);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        awaitCount(1, "http_requests_total", "method=GET", "endpoint=other", "status=405");
    }

    @Test
    void start_withTraffic_isUsedInEveryWay() throws Exception {
        service.close();
        service = NarrativeService.start(TestConfig.of(Map.of(Setting.TRAFFIC, "true", Setting.RATE, "500")));

        Eventually.holds("readers do all that they can do", () -> {
            MetricsPage page = pageInside();
            return page.sum("loom_cache_hits_total") > 0
                    && page.sum("http_requests_total", "method=DELETE", "status=200") > 0
                    && page.sum("http_requests_total", "endpoint=/api/v1/stories/{id}", "status=200") > 0
                    && page.sum("http_requests_total", "endpoint=/api/v1/generate", "status=400") > 0
                    && page.sum("http_requests_total", "endpoint=other", "status=404") > 0
                    && page.sum("loom_user_interactions_total", "interaction_type=edit") > 0
                    && page.sum("loom_user_satisfaction_score") > 1;
        });
    }

    @Test
    void start_takenPort_saysWhich() {
        ServiceConfig config = TestConfig.of(Map.of(Setting.PORT, Integer.toString(service.port())));

        assertThatThrownBy(() -> NarrativeService.start(config))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on 127.0.0.1:" + service.port()
                        + ": Address already in use. Choose another with --port.");
    }

    @Test
    void start_unknownHost_saysWhich() {
        assertThatThrownBy(() -> NarrativeService.start(TestConfig.of(Map.of(Setting.HOST, "no.such.host.invalid"))))
                .isInstanceOf(IOException.class)
                .hasMessage("host must be one of this machine's names or addresses: was \"no.such.host.invalid\"");
    }

    private void awaitCount(double count, String name, String... labels) throws Exception {
        Eventually.holds(
                name + List.of(labels) + " is " + count, () -> pageInside().sum(name, labels) == count);
    }

    /** The page without a request for it, which would count itself. */
    private MetricsPage pageInside() {
        return MetricsPage.of(service.registry().scrape());
    }
}
