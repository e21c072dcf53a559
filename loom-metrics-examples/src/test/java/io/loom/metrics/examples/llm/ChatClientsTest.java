package io.loom.metrics.examples.llm;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.Eventually;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j's clients, against a stub that speaks the protocol. */
class ChatClientsTest {
    private static final Usage USAGE = Usage.of(20, 6).withCached(8).withReasoning(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final List<Duration> pauses = new ArrayList<>();

    @AutoClose("shutdownNow")
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    @AutoClose
    private OpenAiStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new OpenAiStub();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_answer_isToldWithAllThatItUsed(boolean streams) throws Exception {
        stub.tells(USAGE, "Once ", "upon ", "a time.");

        Completion completion = client(streams).complete("Tell.");

        assertThat(completion).isEqualTo(new Completion("Once upon a time.", USAGE, FinishReason.STOP));
        assertThat(stub.asked()).singleElement().satisfies(request -> {
            assertThat(request.path("model").asText()).isEqualTo("gpt-4");
            assertThat(request.path("stream").asBoolean()).isEqualTo(streams);
        });
        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasNoErrors().hasTokens(20, 6);
        assertThat(count("loom.llm.cached.tokens")).isEqualTo(8);
        assertThat(count("loom.llm.reasoning.tokens")).isEqualTo(2);
        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasFinished(FinishReason.STOP, 1)
                .hasInProgress(0);
        assertThat(firstTokens()).isEqualTo(streams ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_answerUpToTheLimit_isNotWhole(boolean streams) throws Exception {
        stub.tellsUpToTheLimit(USAGE, "Once ", "upon");

        assertThat(client(streams).complete("Tell.").whole()).isFalse();
        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasNoErrors();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                true,  429, rate_limit_exceeded,     RATE_LIMIT
                false, 429, rate_limit_exceeded,     RATE_LIMIT
                true,  500, server_error,            SERVER_ERROR
                false, 500, server_error,            SERVER_ERROR
                true,  503, whatever,                OVERLOADED
                false, 503, whatever,                OVERLOADED
                """)
    void complete_refusedAndThenAnswered_isTwoRequestsAndOneError(
            boolean streams, int status, String code, ErrorType type) throws Exception {
        stub.refuses(status, code, Map.of()).tells(USAGE, "At last.");

        assertThat(client(streams).complete("Tell.").text()).isEqualTo("At last.");

        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasRequests(2)
                .hasErrors(type, 1)
                .hasRetries(type, 1)
                .hasTokens(20, 6);
        assertThat(pauses).containsExactly(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                true,  401, invalid_api_key,         AUTH
                false, 401, invalid_api_key,         AUTH
                true,  404, model_not_found,         MODEL_NOT_FOUND
                false, 404, model_not_found,         MODEL_NOT_FOUND
                true,  429, insufficient_quota,      QUOTA_EXHAUSTED
                false, 429, insufficient_quota,      QUOTA_EXHAUSTED
                true,  400, context_length_exceeded, CONTEXT_LENGTH
                false, 400, context_length_exceeded, CONTEXT_LENGTH
                true,  400, content_filter,          CONTENT_FILTERED
                false, 400, content_filter,          CONTENT_FILTERED
                """)
    void complete_refusalThatStays_isOneErrorOfTheTypeThatItsCodeSays(
            boolean streams, int status, String code, ErrorType type) {
        stub.refuses(status, code, Map.of());

        assertThatThrownBy(() -> client(streams).complete("Tell."))
                .isInstanceOf(ProviderException.class)
                .hasMessage("openai/gpt-4: " + type.label())
                .hasCauseInstanceOf(RuntimeException.class);

        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasErrors(type, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_refusedWithHeaders_showsTheLimitsAndWaitsAsAsked(boolean streams) throws Exception {
        stub.refuses(
                        429,
                        "rate_limit_exceeded",
                        Map.of(
                                "x-ratelimit-limit-requests", "60",
                                "x-ratelimit-remaining-requests", "0",
                                "retry-after", "2"))
                .tells(USAGE, Map.of("x-ratelimit-remaining-requests", "59"), "At last.");
        LlmClient client = client(streams);

        client.complete("Tell.");

        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
        assertThat(gauge("loom.llm.rate.limit")).isEqualTo(60);
        assertThat(gauge("loom.llm.rate.limit.remaining")).isEqualTo(59);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_noAnswerWithinTheLimit_timesOut(boolean streams) {
        stub.hangsAfter().hangsAfter().hangsAfter();

        assertThatThrownBy(() -> client(streams, Duration.ofMillis(300)).complete("Tell."))
                .hasMessage("openai/gpt-4: timeout");

        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasRequests(3)
                .hasErrors(ErrorType.TIMEOUT, 3)
                .hasRetries(ErrorType.TIMEOUT, 2);
        assertThat(firstTokens()).isZero();
    }

    @Test
    void complete_answerThatStops_timesOutAndIsNoSuccess() throws Exception {
        stub.hangsAfter("Once ").tells(USAGE, "At last.");

        assertThat(client(true, Duration.ofSeconds(8)).complete("Tell.").text()).isEqualTo("At last.");

        assertThat(loom).llm("openai", "gpt-4").hasRequests(2).hasErrors(ErrorType.TIMEOUT, 1);
        assertThat(loom).llm("openai", "gpt-4").hasEnded(Outcome.SUCCESS, 1);
        assertThat(firstTokens()).isEqualTo(2);
    }

    @Test
    void complete_connectionBrokenInMidStream_isInterruptedAndTriedAgain() throws Exception {
        stub.breaksOffAfter("Once ", "upon ").tells(USAGE, "At last.");
        LlmClient client = client(true);
        Future<Completion> answer = reader.submit(() -> client.complete("Tell."));
        Eventually.holds("the first chunk has come", () -> firstTokens() == 1);

        stub.breakOff();

        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).text()).isEqualTo("At last.");
        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasRequests(2)
                .hasErrors(ErrorType.STREAM_INTERRUPTED, 1)
                .hasRetries(ErrorType.STREAM_INTERRUPTED, 1)
                .hasEnded(Outcome.SUCCESS, 1)
                .hasMissingUsage(1);
    }

    @Test
    void complete_streamThatEndsTooEarly_isInterruptedAndTriedAgain() throws Exception {
        stub.endsEarlyAfter("Once ", "upon ").tells(USAGE, "At last.");

        assertThat(client(true).complete("Tell.").text()).isEqualTo("At last.");

        assertThat(loom).llm("openai", "gpt-4").hasRequests(2).hasErrors(ErrorType.STREAM_INTERRUPTED, 1);
    }

    @Test
    void complete_wholeAnswerWithoutAReason_isAnAnswer() throws Exception {
        stub.endsEarlyAfter("Once ", "upon ");

        Completion completion = client(false).complete("Tell.");

        assertThat(completion.text()).isEqualTo("Once upon ");
        assertThat(completion.finish()).isEqualTo(FinishReason.OTHER);
        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasNoErrors().hasFinished(FinishReason.OTHER, 1);
        assertThat(count("loom.llm.retries")).isZero();
    }

    @Test
    void complete_interruptedInMidStream_isCancelled() throws Exception {
        stub.hangsAfter("Once ");
        LlmClient client = client(true);
        Future<Completion> answer = reader.submit(() -> client.complete("Tell."));
        Eventually.holds("the first chunk has come", () -> firstTokens() == 1);

        reader.shutdownNow(); // interrupts

        assertThatThrownBy(() -> answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(loom).llm("openai", "gpt-4").hasRequests(1).hasNoErrors();
        assertThat(count("loom.llm.cancelled")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_manyAnswers_sumUpToWhatTheStubSent(boolean streams) throws Exception {
        LlmClient client = client(streams);
        for (int i = 1; i <= 20; i++) {
            stub.refuses(429, "rate_limit_exceeded", Map.of())
                    .tells(Usage.of(100 + i, 10 + i).withCached(i).withReasoning(2), "Once.");
            client.complete("Tell.");
        }

        long prompt = stub.sent().stream().mapToLong(Usage::promptTokens).sum();
        long completion =
                stub.sent().stream().mapToLong(Usage::completionTokens).sum();
        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasRequests(40)
                .hasErrors(ErrorType.RATE_LIMIT, 20)
                .hasTokens(prompt, completion);
        assertThat(count("loom.llm.tokens")).isEqualTo((double) (prompt + completion));
    }

    private LlmClient client(boolean streams) {
        return client(streams, PATIENCE);
    }

    private LlmClient client(boolean streams, Duration limit) {
        ChatService service = new ChatService(stub.url(), "openai", "gpt-4", streams, limit);
        return ChatClients.of(service, "a key", loom, pauses::add);
    }

    private double count(String name) {
        return registry.get(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long firstTokens() {
        return registry.get("loom.llm.time.to.first.token").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
