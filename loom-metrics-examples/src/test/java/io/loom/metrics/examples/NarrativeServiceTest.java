package io.loom.metrics.examples;

import static io.loom.metrics.examples.ServiceClient.GENERATE;
import static io.loom.metrics.examples.ServiceClient.WISH;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.ServiceClient.Reply;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.llm.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers can do, and the metrics that it leaves. */
class NarrativeServiceTest {

    @AutoClose
    private TestService service;

    @BeforeEach
    void start() throws IOException {
        service = TestService.start();
    }

    @Test
    void generate_newWish_tellsAStoryAndCountsAllThatItTook() throws Exception {
        Reply reply = service.client().generate();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text("genre")).isEqualTo("fantasy");
        assertThat(reply.text("text")).isEqualTo(ScriptedProvider.SOUND);
        assertThat(reply.json().path("words").asInt()).isEqualTo(16);
        assertThat(reply.json().path("cached").asBoolean()).isFalse();
        assertThat(reply.text("id")).isNotBlank();
        assertThat(reply.text("session")).isNotBlank();
        service.awaitSum(1, "http_requests_total", "method=POST", "endpoint=/api/v1/generate", "status=200");
        service.awaitSum(0, "http_requests_in_progress", "endpoint=/api/v1/generate");
        MetricsPage page = service.page();
        assertThat(page.sum("http_request_duration_seconds_count", "endpoint=/api/v1/generate"))
                .isEqualTo(1);
        assertThat(page.sum("loom_llm_requests_total", "provider=openai", "model=gpt-4"))
                .isEqualTo(1);
        assertThat(page.sum("loom_llm_tokens_total", "type=prompt")).isEqualTo(12);
        assertThat(page.sum("loom_llm_tokens_total", "type=completion")).isEqualTo(34);
        assertThat(page.sum("loom_cache_misses_total", "cache_type=response")).isEqualTo(1);
        assertThat(page.sum("loom_cache_load_duration_seconds_count", "cache_type=response"))
                .isEqualTo(1);
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

    /** By a plugin, and by a collector of client_java. */
    @Test
    void page_ofAnyService_tellsOfItsShelfAndWhatItsFiguresAreOf() throws Exception {
        assertThat(service.page().has("narrative_service_info", "models=simulated", "traffic=false"))
                .isTrue();
        assertThat(service.page().has("loom_metrics_collector_failures_total", "collector=service", "reason=failed"))
                .isTrue();
        assertThat(service.page().has("loom_metrics_plugin_failures_total", "plugin=shelf"))
                .isTrue();
        Eventually.holds("the shelf is told of", () -> service.page().sum("narrative_shelf_places") == 10_000);
        assertThat(service.page().has("narrative_shelf_stories")).isTrue();
        Eventually.holds(
                "the shelf is healthy",
                () -> service.client()
                        .get("/health")
                        .json()
                        .at("/components/plugin.shelf/status")
                        .asText()
                        .equals("healthy"));
    }

    @Test
    void generate_sameWishInTheSameSession_answersFromTheCache() throws Exception {
        Reply first = service.client().generate();
        Reply second =
                service.client().post(GENERATE, WISH.replace("{", "{\"session\": \"" + first.text("session") + "\", "));

        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(second.text("session")).isEqualTo(first.text("session"));
        assertThat(second.json().path("cached").asBoolean()).isTrue();
        service.awaitSum(1, "loom_cache_hits_total", "cache_type=response");
        service.awaitSum(1, "loom_llm_requests_total");
        service.awaitSum(1, "loom_narratives_generated_total");
        service.awaitSum(1, "loom_sessions_total");
    }

    @Test
    void generate_failureThatMayPass_isTriedAgain() throws Exception {
        service.model().fails(ErrorType.RATE_LIMIT);

        assertThat(service.client().generate().status()).isEqualTo(200);
        service.awaitSum(2, "loom_llm_requests_total");
        service.awaitSum(1, "loom_llm_errors_total", "provider=openai", "error_type=rate_limit");
    }

    @Test
    void generate_draftWithAGraveFlaw_isWrittenAnew() throws Exception {
        service.model().writes(ScriptedProvider.GRAVELY_FLAWED);

        assertThat(service.client().generate().text("text")).isEqualTo(ScriptedProvider.SOUND);
        service.awaitSum(2, "loom_llm_requests_total");
        service.awaitSum(2, "loom_rules_executed_total", "rule_type=timeline_plot");
        service.awaitSum(1, "loom_rules_violations_total", "rule_type=timeline_plot", "severity=critical");
        service.awaitSum(1, "loom_narratives_generated_total");
    }

    @Test
    void generate_draftThatCanBeMended_isMended() throws Exception {
        service.model().writes(ScriptedProvider.SOUND + " It was the the end.");

        assertThat(service.client().generate().text("text")).isEqualTo(ScriptedProvider.SOUND + " It was the end.");
        service.awaitSum(1, "loom_rules_violations_total", "rule_type=narrative_style", "severity=minor");
        service.awaitSum(1, "loom_rule_repairs_total", "rule_type=narrative_style", "outcome=fixed");
        service.awaitSum(1, "loom_rule_duration_seconds_count", "rule_type=narrative_style");
    }

    @Test
    void generate_answerThatWasCutOff_isToldAndCountedAsTruncated() throws Exception {
        service.model().writes(ScriptedProvider.SOUND + ScriptedProvider.CUT);

        assertThat(service.client().generate().status()).isEqualTo(200);
        service.awaitSum(1, "loom_narratives_truncated_total", "genre=fantasy");
        service.awaitSum(1, "loom_llm_finish_total", "finish_reason=length");
        service.awaitSum(0, "loom_narratives_failed_total");
    }

    @Test
    void story_known_isTheOneThatWasTold() throws Exception {
        Reply told = service.client().generate();

        Reply story = service.client().get("/api/v1/stories/" + told.text("id"));

        assertThat(story.status()).isEqualTo(200);
        assertThat(story.text("text")).isEqualTo(told.text("text"));
        service.awaitSum(1, "http_requests_total", "method=GET", "endpoint=/api/v1/stories/{id}", "status=200");
    }

    @Test
    void interact_editAndRatings_countThem() throws Exception {
        String path = "/api/v1/stories/" + service.client().generate().text("id") + "/interactions";

        assertThat(service.client().post(path, "{\"type\": \"edit\"}").status()).isEqualTo(200);
        assertThat(service.client()
                        .post(path, "{\"type\": \"accept\", \"rating\": 5}")
                        .status())
                .isEqualTo(200);
        assertThat(service.client()
                        .post(path, "{\"type\": \"rate\", \"rating\": 2}")
                        .status())
                .isEqualTo(200);

        service.awaitSum(3, "http_requests_total", "endpoint=/api/v1/stories/{id}/interactions", "status=200");
        MetricsPage page = service.page();
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=edit"))
                .isEqualTo(1);
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=accept"))
                .isEqualTo(1);
        assertThat(page.sum("loom_user_interactions_total", "interaction_type=rate"))
                .isEqualTo(2);
        assertThat(page.sum("loom_user_satisfaction_score")).isEqualTo(3.5);
    }

    @Test
    void closeSession_open_isNoLongerActive() throws Exception {
        String path = "/api/v1/sessions/" + service.client().generate().text("session");

        assertThat(service.client().send("DELETE", path, "").status()).isEqualTo(200);
        assertThat(service.client().send("DELETE", path, "").status()).isEqualTo(404);
        service.awaitSum(0, "loom_sessions_active");
        service.awaitSum(1, "loom_sessions_total");
    }

    @Test
    void health_running_isHealthyAndMetered() throws Exception {
        assertThat(service.client().get("/health").json().path("status").asText())
                .isEqualTo("healthy");
        assertThat(service.client().send("HEAD", "/health", "").status()).isEqualTo(200);
        service.awaitSum(1, "http_requests_total", "method=GET", "endpoint=/health", "status=200");
        service.awaitSum(1, "http_requests_total", "method=HEAD", "endpoint=/health", "status=200");
    }

    @Test
    void metrics_scraped_areMeteredThemselves() throws Exception {
        Reply page = service.client().get("/metrics");

        assertThat(page.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(MetricsPage.of(page.body()).sum("http_requests_in_progress", "endpoint=/metrics"))
                .isEqualTo(1);
        service.awaitSum(1, "http_requests_total", "endpoint=/metrics", "status=200");
    }

    @Test
    void metrics_forWhoTakesGzip_areCompressed() throws Exception {
        URL metrics = service.client().service().resolve("/metrics").toURL();
        HttpURLConnection connection = (HttpURLConnection) metrics.openConnection();
        connection.setRequestProperty("Accept-Encoding", "gzip");

        try (InputStream body = new GZIPInputStream(connection.getInputStream())) {
            assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo("gzip");
            assertThat(MetricsPage.of(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                            .sum("http_requests_in_progress", "endpoint=/metrics"))
                    .isEqualTo(1);
        }
    }

    @Test
    void start_withTraffic_isUsedInEveryWay() throws Exception {
        ServiceConfig config = TestConfig.of(Map.of(Setting.TRAFFIC, "true", Setting.RATE, "500"));
        try (NarrativeService busy = NarrativeService.start(config)) {
            Eventually.holds("readers do all that they can do", () -> {
                MetricsPage page = MetricsPage.of(busy.registry().scrape());
                return page.sum("loom_cache_hits_total") > 0
                        && page.sum("http_requests_total", "method=DELETE", "status=200") > 0
                        && page.sum("http_requests_total", "endpoint=/api/v1/stories/{id}", "status=200") > 0
                        && page.sum("http_requests_total", "endpoint=/api/v1/generate", "status=400") > 0
                        && page.sum("http_requests_total", "endpoint=other", "status=404") > 0
                        && page.sum("loom_user_interactions_total", "interaction_type=edit") > 0
                        && page.sum("loom_user_satisfaction_score") > 1;
            });
        }
    }
}
