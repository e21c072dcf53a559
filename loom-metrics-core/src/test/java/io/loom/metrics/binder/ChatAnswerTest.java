package io.loom.metrics.binder;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static io.loom.metrics.binder.SpringAi.PROMPT;
import static io.loom.metrics.binder.SpringAi.USAGE;
import static io.loom.metrics.binder.SpringAi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LlmReadings;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelMeterObservationHandler;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import reactor.core.publisher.Flux;

/** What is read off the answers of the real Spring AI: usage, finish reasons and rate limits. */
class ChatAnswerTest {
    private final SpringAi spring = new SpringAi();

    @ParameterizedTest
    @CsvSource({ // the label, the prompt's tokens that are counted, then: said, read from the cache, written to it
        "openai, openai, 120, 120, 100,",
        "openai, openai, 120, 120,,",
        "google_genai, gcp.gen_ai, 120, 120, 100, 0",
        "anthropic, anthropic, 125, 20, 100, 5",
        "anthropic, anthropic, 20, 20,,",
        "bedrock_converse, aws.bedrock, 125, 20, 100, 5",
    })
    void promptTokens_ofAProvider_includeThoseOfItsCache(
            String provider, String label, long counted, int said, Long cached, Long written) {
        Usage usage = new DefaultUsage(said, 300, null, null, cached, written);
        new ObservedChatModel(spring.observations, provider, () -> answer(usage), Flux.empty()).call(PROMPT);

        assertThat(spring.loom).llm(label, "claude-x").hasTokens(counted, 300);
        assertThat(count("loom.llm.cached.tokens", label)).isEqualTo(cached == null ? 0 : cached.doubleValue());
        assertThat(count("loom.llm.cache.write.tokens", label)).isEqualTo(written == null ? 0 : written.doubleValue());
        assertThat(spring.registry.find("loom.metrics.rejected").counters()).isEmpty();
    }

    @Test
    void promptTokens_underAnotherLabel_stillIncludeThoseOfTheCache() {
        SpringAi named = new SpringAi(handler -> handler.withProvider(context -> "house"));
        named.answering(() -> answer(new DefaultUsage(20, 300, null, null, 100L, 5L)))
                .call(PROMPT);

        assertThat(named.loom).llm("house", "claude-x").hasTokens(125, 300);
    }

    @Test
    void totalTokens_thatSpringAiSumsUpToo_areNotCounted() {
        spring.observations
                .observationConfig()
                .observationHandler(new ChatModelMeterObservationHandler(spring.registry));
        spring.answering(() -> answer(USAGE)).call(PROMPT);

        assertThat(sum("gen_ai.client.token.usage")).isEqualTo(840);
        assertThat(sum("loom.llm.tokens")).isEqualTo(420);
    }

    @Test
    void usage_thatIsHalfKnown_isMissing() {
        assertThat(usageMissing(new OddUsage(() -> 120, () -> null))).isEqualTo(1);
        assertThat(usageMissing(new OddUsage(() -> null, () -> 300))).isEqualTo(1);
    }

    /** Told by hand: Spring AI's own convention reads the usage, too, and it would throw first. */
    @Test
    void answer_thatCannotBeRead_isASuccessWithoutUsage() {
        ChatModelObservationContext context = SpringAi.context();
        context.setResponse(answer(new OddUsage(
                () -> {
                    throw new NoSuchMethodError("getPromptTokens");
                },
                () -> 300)));

        assertThat(spring.deltas(() -> {
                    spring.handler.onStart(context);
                    spring.handler.onStop(context);
                }))
                .isEqualTo(Map.of(
                        LlmReadings.REQUESTS,
                        1.0,
                        LlmReadings.durations("success"),
                        1.0,
                        LlmReadings.USAGE_MISSING,
                        1.0,
                        finish("stop"),
                        1.0,
                        "loom.metrics.rejected{meter=loom.llm.tokens,reason=usage_function}",
                        1.0));
    }

    @Test
    void usage_ofOneSideOnly_isCounted() {
        spring.answering(() -> answer(new DefaultUsage(120, 0))).call(PROMPT);

        assertThat(spring.loom).llm("anthropic", "claude-x").hasTokens(120, 0);
    }

    @ParameterizedTest
    @CsvSource({"STOP, stop", "end_turn, stop", "max_tokens, length", "TOOL_CALLS, tool_calls", "new word, other"})
    void finishReason_ofAProvider_isCounted(String said, String counted) {
        assertThat(spring.deltas(
                        () -> spring.answering(() -> answer(USAGE, said)).call(PROMPT)))
                .containsEntry(finish(counted), 1.0);
    }

    @Test
    void finishReason_ofSeveralTexts_isCountedOnce() {
        ChatResponse texts = new ChatResponse(List.of(text(""), text("length"), text("stop")));

        assertThat(spring.deltas(() -> spring.answering(() -> texts).call(PROMPT)))
                .containsEntry(finish("length"), 1.0)
                .doesNotContainKey(finish("stop"))
                .doesNotContainKey(finish("other"));
    }

    @Test
    void rateLimits_thatTheAnswerTells_areShown() {
        spring.answering(() -> answerOf(new SaidRateLimit(50L, 0L, 10_000L, null)))
                .call(PROMPT);

        assertThat(limit("loom.llm.rate.limit", "requests")).isEqualTo(50);
        assertThat(limit("loom.llm.rate.limit.remaining", "requests")).isZero();
        assertThat(limit("loom.llm.rate.limit", "tokens")).isEqualTo(10_000);
        assertThat(spring.registry
                        .find("loom.llm.rate.limit.remaining")
                        .tag("resource", "tokens")
                        .gauge())
                .isNull();
    }

    @Test
    void rateLimits_thatTheAnswerDoesNotTell_areNotShown() {
        spring.answering(() -> answerOf(new EmptyRateLimit())).call(PROMPT);
        spring.answering(() -> answerOf(new SaidRateLimit(null, null, null, null)))
                .call(PROMPT);

        assertThat(spring.registry.find("loom.llm.rate.limit").gauges()).isEmpty();
        assertThat(spring.registry.find("loom.llm.rate.limit.remaining").gauges())
                .isEmpty();
    }

    private double usageMissing(Usage usage) {
        ChatResponse answer = answer(usage);
        Map<String, Double> deltas = spring.deltas(
                () -> assertThat(spring.answering(() -> answer).call(PROMPT)).isSameAs(answer));
        assertThat(deltas)
                .containsEntry(LlmReadings.durations("success"), 1.0)
                .doesNotContainKey(LlmReadings.PROMPT)
                .doesNotContainKey(LlmReadings.COMPLETION);
        return deltas.get(LlmReadings.USAGE_MISSING);
    }

    private double count(String name, String provider) {
        return spring.registry.get(name).tag("provider", provider).counter().count();
    }

    private double sum(String name) {
        return spring.registry.get(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double limit(String name, String resource) {
        return spring.registry.get(name).tag("resource", resource).gauge().value();
    }

    private static String finish(String reason) {
        return "loom.llm.finish{finish_reason=" + reason + ",model=claude-x,provider=anthropic}";
    }

    private static Generation text(String finishReason) {
        return new Generation(
                new AssistantMessage("a word"),
                ChatGenerationMetadata.builder().finishReason(finishReason).build());
    }

    private static ChatResponse answerOf(RateLimit limits) {
        return new ChatResponse(
                List.of(text("stop")),
                ChatResponseMetadata.builder().rateLimit(limits).usage(USAGE).build());
    }

    /** What a provider's own class may say. */
    private record OddUsage(Supplier<Integer> prompt, Supplier<Integer> completion) implements Usage {
        @Override
        public Integer getPromptTokens() {
            return prompt.get();
        }

        @Override
        public Integer getCompletionTokens() {
            return completion.get();
        }

        @Override
        public Integer getTotalTokens() {
            return 1;
        }

        @Override
        public Object getNativeUsage() {
            return Map.of();
        }
    }

    private record SaidRateLimit(Long requestsLimit, Long requestsRemaining, Long tokensLimit, Long tokensRemaining)
            implements RateLimit {
        @Override
        public Long getRequestsLimit() {
            return requestsLimit;
        }

        @Override
        public Long getRequestsRemaining() {
            return requestsRemaining;
        }

        @Override
        public Duration getRequestsReset() {
            return Duration.ZERO;
        }

        @Override
        public Long getTokensLimit() {
            return tokensLimit;
        }

        @Override
        public Long getTokensRemaining() {
            return tokensRemaining;
        }

        @Override
        public Duration getTokensReset() {
            return Duration.ZERO;
        }
    }
}
