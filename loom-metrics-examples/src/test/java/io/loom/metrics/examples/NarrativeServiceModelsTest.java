package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.llm.LlmClient;
import io.loom.metrics.examples.llm.OpenAiStub;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that the service asks: one that speaks OpenAI's protocol, or another where one fails. */
class NarrativeServiceModelsTest {
    private static final String[] PROVIDER = {"provider=local", "model=story-small"};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void generate_withAUrl_isToldByTheServiceThatIsThere(String streams) throws Exception {
        Path prices = Files.writeString(
                directory.resolve("prices.csv"),
                "model,from_context_tokens,prompt,completion,cached,cache_write,reasoning\nstory-*,0,2,4,1,,\n");
        try (OpenAiStub stub = new OpenAiStub();
                NarrativeService service = NarrativeService.start(TestConfig.of(Map.of(
                        Setting.LLM_URL,
                        stub.url().toString(),
                        Setting.LLM_PROVIDER,
                        "local",
                        Setting.LLM_MODEL,
                        "story-small",
                        Setting.LLM_STREAM,
                        streams,
                        Setting.LLM_PRICES,
                        prices.toString())))) {
            stub.refuses(429, "rate_limit_exceeded", Map.of("x-ratelimit-remaining-requests", "3"))
                    .tells(Usage.of(1_000, 500).withCached(400), ScriptedProvider.SOUND);

            ServiceClient client = new ServiceClient(service.uri());

            assertThat(client.generate().text("text")).isEqualTo(ScriptedProvider.SOUND);
            MetricsPage page = client.metrics();
            assertThat(page.sum("loom_llm_requests_total", PROVIDER)).isEqualTo(2);
            assertThat(page.sum("loom_llm_errors_total", PROVIDER)).isEqualTo(1);
            assertThat(page.sum("loom_llm_retries_total", PROVIDER)).isEqualTo(1);
            assertThat(page.sum("loom_llm_tokens_total", PROVIDER)).isEqualTo(1_500);
            assertThat(page.sum("loom_llm_cost_usd_total", PROVIDER)).isEqualTo(0.0036); // 600 × 2 + 400 × 1 + 500 × 4
            assertThat(page.sum("loom_llm_rate_limit_remaining", PROVIDER)).isEqualTo(3);
            assertThat(page.sum("loom_narratives_generated_total")).isEqualTo(1);
        }
    }

    @Test
    void generate_oneModelFails_theOtherIsAsked() throws Exception {
        ScriptedProvider failing = new ScriptedProvider().fails(ErrorType.AUTH);
        ScriptedProvider other = ScriptedProvider.of("anthropic", "claude-x");
        try (NarrativeService service = NarrativeService.start(
                TestConfig.quiet(),
                loom -> List.of(
                        LlmClient.of(failing, loom, duration -> {}), LlmClient.of(other, loom, duration -> {})))) {
            ServiceClient client = new ServiceClient(service.uri());

            assertThat(client.generate().status()).isEqualTo(200);
            MetricsPage page = client.metrics();
            assertThat(page.sum(
                            "loom_llm_fallbacks_total",
                            "provider=openai",
                            "model=gpt-4",
                            "to_provider=anthropic",
                            "to_model=claude-x"))
                    .isEqualTo(1);
            assertThat(page.sum("loom_llm_requests_total", "provider=anthropic"))
                    .isEqualTo(1);
            assertThat(page.sum("loom_narratives_failed_total")).isZero();
        }
    }

    @Test
    void generate_simulatedModelsThatAlwaysFail_triesTwoOfThemThreeTimesEach() throws Exception {
        try (NarrativeService service = NarrativeService.start(TestConfig.of(Map.of(Setting.FAILURES, "1")))) {
            ServiceClient client = new ServiceClient(service.uri());

            assertThat(client.generate().status()).isGreaterThanOrEqualTo(500);
            MetricsPage page = client.metrics();
            assertThat(page.sum("loom_llm_errors_total")).isEqualTo(3 + 3);
            assertThat(page.sum("loom_llm_retries_total")).isEqualTo(2 + 2);
            assertThat(page.sum("loom_llm_fallbacks_total")).isEqualTo(1);
        }
    }

    @Test
    void start_pricesThatAreNone_areRefusedWithFileLineAndColumn() throws IOException {
        Path prices = Files.writeString(directory.resolve("prices.csv"), "model\n");

        assertThatThrownBy(() -> NarrativeService.start(TestConfig.of(Map.of(Setting.LLM_PRICES, prices.toString()))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("price list " + prices + ": pricing line 1, column 1: must have 7 columns");
    }

    @Test
    void start_noSuchPrices_isRefused() {
        Path prices = directory.resolve("none.csv");

        assertThatThrownBy(() -> NarrativeService.start(TestConfig.of(Map.of(Setting.LLM_PRICES, prices.toString()))))
                .isInstanceOf(IOException.class)
                .hasMessage("price list " + prices + " cannot be read as text in UTF-8");
    }
}
