package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loom.metrics.Interaction;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Session;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.RateLimits;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.MockClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All answers are what {@code docs/api-v1.schema.json} says. */
class ApiSchemaTest {
    private static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            large,0,1000,3000,,,
            """);

    private final MockClock clock = new MockClock();

    @Test
    void schema_itself_isStrict() throws IOException {
        JsonNode schema = JsonAnswer.parse(Files.readString(ApiSchema.FILE));

        assertThat(ApiSchema.ofSchemas().errors(schema)).isEmpty();
        List<JsonNode> objects = objects(schema);
        assertThat(objects).hasSizeGreaterThan(25).allSatisfy(object -> {
            List<String> required = new ArrayList<>();
            object.at("/required").forEach(name -> required.add(name.textValue()));
            assertThat(object.path("additionalProperties")).as("%s", object).isEqualTo(BooleanNode.FALSE);
            assertThat(required)
                    .containsExactlyElementsOf(object.at("/properties").properties().stream()
                            .map(Map.Entry::getKey)
                            .toList());
        });
    }

    @Test
    void summary_ofAnEmptyRegistry_isValid() throws IOException {
        ApiPage api =
                ApiPage.builder(new LoomPrometheusRegistry()).sampledByHand().build();

        JsonNode summary = JsonAnswer.get(api, "", null).json();

        assertThat(ApiSchema.read().errors(summary)).isEmpty();
        assertThat(summary.at("/http/requests_total").isNull()).isTrue();
        assertThat(summary.at("/http/endpoints")).isEmpty();
        assertThat(summary.at("/build/version").isNull()).isTrue();
        assertThat(summary.at("/process/start_time").isNull()).isTrue();
        assertThat(summary.at("/jvm/threads").intValue()).isPositive();
    }

    @Test
    void summary_ofEverything_isValidAndKnowsAll() throws IOException {
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(clock).build();
        LoomMetrics loom = loom(registry);
        ApiPage api = ApiPage.builder(registry).sampledByHand().build();
        everything(loom);
        clock.add(Duration.ofSeconds(5));

        JsonNode summary = JsonAnswer.get(api, "", null).json();

        assertThat(ApiSchema.read().errors(summary)).isEmpty();
        assertThat(nulls("", summary))
                .filteredOn(place -> !place.startsWith("/rules/types/")) // those that were not executed
                .containsExactly("/library/rejected_total", "/library/plugin_failures_total");
    }

    @Test
    void answers_underLoad_areValid() throws Exception {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        LoomMetrics loom = loom(registry);
        ApiSchema schema = ApiSchema.read();
        AtomicBoolean recording = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ApiPage api = ApiPage.builder(registry).sampledByHand().build()) {
            List<Future<?>> recorders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                recorders.add(threads.submit(() -> {
                    while (recording.get()) {
                        everything(loom);
                    }
                }));
            }
            for (int i = 0; i < 50; i++) {
                api.sample();
                assertThat(schema.errors(JsonAnswer.get(api, "", null).json())).isEmpty();
                assertThat(schema.errors(JsonAnswer.get(api, "/history", null).json()))
                        .isEmpty();
                assertThat(schema.errors(JsonAnswer.get(api, "", "name=http_requests_total&name=loom_llm_tokens")
                                .json()))
                        .isEmpty();
            }
            recording.set(false);
            for (Future<?> recorder : recorders) {
                recorder.get(1, TimeUnit.MINUTES);
            }
        } finally {
            recording.set(false);
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', surprise, 1",
        "'', version, 2",
        "'', time, '\"yesterday\"'",
        "'', time, '\"2026-11-26T20:00:00+01:00\"'",
        "/http, requests_total, -1",
        "/http, requests_total, '\"1\"'",
        "/http/error_ratio, 5m, 1.01",
        "/http/requests_per_second, 1m, '\"NaN\"'",
        "/http/requests_per_second, 2m, 1",
        "/http/endpoints/0, endpoint, 7",
        "/http/endpoints/0, status, 200",
        "/llm/errors_per_second, timeout, 3",
        "/llm/models/0/rate_limit/0, unit, '\"tokens\"'",
        "/process, start_time, 0"
    })
    void summary_withAPlantedError_isRefused(String place, String name, String value) throws IOException {
        JsonNode summary = whole();
        ((ObjectNode) summary.at(place)).set(name, JsonAnswer.parse(value));

        assertThat(ApiSchema.read().errors(summary)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', uptime_seconds", "/http/requests_per_second, 15m", "/llm/models/0, provider", "/sessions, active"})
    void summary_thatLacksAMember_isRefused(String place, String name) throws IOException {
        JsonNode summary = whole();
        assertThat(((ObjectNode) summary.at(place)).remove(name)).isNotNull();

        assertThat(ApiSchema.read().errors(summary)).isNotEmpty();
    }

    private JsonNode whole() throws IOException {
        LoomPrometheusRegistry registry =
                LoomPrometheusRegistry.builder().clock(clock).build();
        LoomMetrics loom = loom(registry);
        ApiPage api = ApiPage.builder(registry).sampledByHand().build();
        everything(loom);
        clock.add(Duration.ofSeconds(5));
        JsonNode summary = JsonAnswer.get(api, "", null).json();
        assertThat(ApiSchema.read().errors(summary)).isEmpty();
        return summary;
    }

    private static LoomMetrics loom(LoomPrometheusRegistry registry) {
        return LoomMetrics.builder(registry).pricing(PRICES).budgetUsd(500).build();
    }

    private static void everything(LoomMetrics loom) {
        Duration elapsed = Duration.ofMillis(300);
        loom.http().record("GET", "/stories/{id}", 200, elapsed);
        loom.http().record("POST", "/stories", 503, elapsed);
        LlmMeter model = loom.llm("north", "large");
        model.record(elapsed, Usage.of(100, 200));
        model.recordFailure(elapsed, ErrorType.TIMEOUT);
        model.rateLimits(new RateLimits(
                Map.of(RateLimits.Resource.TOKENS, 90_000L),
                Map.of(RateLimits.Resource.TOKENS, 1_000L),
                Optional.empty()));
        try (LlmStream stream = model.stream()) {
            stream.chunk();
            stream.succeed(Usage.of(1, 2));
        }
        loom.cache("response").hit();
        loom.cache("response").miss();
        loom.cache("response").entries(() -> 7);
        try (Session session = loom.sessions().open()) {
            session.turn();
        }
        loom.narratives().generated("fantasy", 1_240, elapsed);
        loom.narratives().failed("fantasy", ErrorType.TIMEOUT);
        loom.interactions().record(Interaction.EDIT);
        loom.interactions().rate(4);
        loom.rules().executed("consistency", elapsed);
        loom.rules().violated("consistency", Severity.MAJOR);
    }

    /** {@return what has properties, wherever it is} */
    private static List<JsonNode> objects(JsonNode schema) {
        List<JsonNode> objects = new ArrayList<>();
        if (schema.path("properties").isObject()) {
            objects.add(schema);
        }
        schema.forEach(inner -> objects.addAll(objects(inner)));
        return objects;
    }

    private static List<String> nulls(String place, JsonNode node) {
        List<String> nulls = new ArrayList<>();
        if (node.isNull()) {
            nulls.add(place);
        }
        node.properties().forEach(member -> nulls.addAll(nulls(place + '/' + member.getKey(), member.getValue())));
        if (node.isArray()) {
            node.forEach(element -> nulls.addAll(nulls(place + "/-", element)));
        }
        return nulls;
    }
}
