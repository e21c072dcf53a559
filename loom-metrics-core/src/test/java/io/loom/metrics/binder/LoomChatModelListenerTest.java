package io.loom.metrics.binder;

import static io.loom.metrics.LlmReadings.COMPLETION;
import static io.loom.metrics.LlmReadings.PROMPT;
import static io.loom.metrics.LlmReadings.USAGE_MISSING;
import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static io.loom.metrics.binder.ScriptedChatModel.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmReadings;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With LangChain4j's own {@code chat}, which fires the listeners. */
class LoomChatModelListenerTest {
    private final TestLoom test = TestLoom.create();

    @Test
    void call_isInProgressWhileItLasts_andIsTimed() {
        ChatModel model = new ScriptedChatModel(
                () -> {
                    assertThat(test.gauge("loom.llm.requests.in.progress")).isOne();
                    test.clock().add(Duration.ofMillis(840));
                    return RESPONSE;
                },
                LoomChatModelListener.of(test.loom()));

        model.chat("Tell me a story");

        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
        assertThat(test.timer("loom.llm.request.duration", "outcome", "success").totalTime(TimeUnit.MILLISECONDS))
                .isCloseTo(840, within(0.0));
    }

    @Test
    void model_isTheOneAskedFor_notTheDatedOneThatAnswered() {
        ChatModel model = new ScriptedChatModel(() -> RESPONSE, LoomChatModelListener.of(test.loom()));

        model.chat("Tell me a story");
        model.chat(ChatRequest.builder()
                .messages(UserMessage.from("Tell me a story"))
                .modelName("claude-y")
                .build());

        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(1);
        assertThat(test.loom()).llm("anthropic", "claude-y").hasRequests(1);
        assertThat(test.sum("loom.llm.requests")).isEqualTo(2);
    }

    @Test
    void model_thatSaysNeitherProviderNorModel_isUnknown() {
        ChatModel silent = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return RESPONSE;
            }

            @Override
            public List<ChatModelListener> listeners() {
                return List.of(LoomChatModelListener.of(test.loom()));
            }
        };

        silent.chat("Tell me a story");

        assertThat(test.loom()).llm("unknown", "unknown").hasRequests(1);
    }

    @Test
    void of_meter_getsAllCalls() {
        ChatModel model = new ScriptedChatModel(
                () -> RESPONSE, LoomChatModelListener.of(test.loom().llm("groq", "story-model")));

        model.chat("Tell me a story");

        assertThat(test.loom()).llm("groq", "story-model").hasRequests(1).hasTokens(120, 300);
        assertThat(test.sum("loom.llm.requests")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN_AI, openai",
        "ANTHROPIC, anthropic",
        "AMAZON_BEDROCK, aws.bedrock",
        "AZURE_OPEN_AI, azure.ai.openai",
        "GOOGLE_AI_GEMINI, gcp.gemini",
        "GOOGLE_GENAI, gcp.gen_ai",
        "GOOGLE_VERTEX_AI_GEMINI, gcp.vertex_ai",
        "GOOGLE_VERTEX_AI_ANTHROPIC, gcp.vertex_ai",
        "MICROSOFT_FOUNDRY, microsoft_foundry",
        "MISTRAL_AI, mistral_ai",
        "OLLAMA, ollama",
        "WATSONX, ibm.watsonx.ai",
        "OTHER,",
    })
    void provider_hasOpenTelemetrysName(ModelProvider provider, String expected) {
        assertThat(LangChain4jCalls.provider(provider)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void provider_ofEveryKind_isALabelValue(ModelProvider provider) {
        assertThat(LangChain4jCalls.provider(provider)).matches("[a-z][a-z0-9_.]*");
    }

    @Test
    void withUsage_callersFunction_isAskedInsteadOfOurs() {
        ChatModel model = new ScriptedChatModel(
                () -> RESPONSE, LoomChatModelListener.of(test.loom()).withUsage(response -> Usage.of(7, 8)));

        assertThat(test.deltas(() -> model.chat("Tell me a story")))
                .containsEntry(PROMPT, 7.0)
                .containsEntry(COMPLETION, 8.0);
    }

    @Test
    void withUsage_functionThatThrows_costsTheUsageOnly() {
        ChatModel model = new ScriptedChatModel(
                () -> RESPONSE, LoomChatModelListener.of(test.loom()).withUsage(response -> {
                    throw new IllegalStateException("usage");
                }));

        assertThat(test.deltas(() -> assertThat(model.chat(UserMessage.from("Tell me a story")))
                        .isSameAs(RESPONSE)))
                .containsEntry(LlmReadings.durations("success"), 1.0)
                .containsEntry(USAGE_MISSING, 1.0)
                .containsEntry("loom.metrics.rejected{meter=loom.llm.tokens,reason=usage_function}", 1.0);
    }

    @Test
    void failure_leavesAsTheSameInstance() {
        IllegalStateException failure = new IllegalStateException("down");
        ChatModel model = new ScriptedChatModel(
                () -> {
                    throw failure;
                },
                LoomChatModelListener.of(test.loom()));

        assertThatThrownBy(() -> model.chat("Tell me a story")).isSameAs(failure);
    }

    @Test
    void listeners_ofTwoRegistries_eachCountTheCall() {
        TestLoom second = TestLoom.create();
        ChatModel model = new ScriptedChatModel(
                () -> RESPONSE, LoomChatModelListener.of(test.loom()), LoomChatModelListener.of(second.loom()));

        model.chat("Tell me a story");

        assertThat(test.sum("loom.llm.requests")).isOne();
        assertThat(second.sum("loom.llm.requests")).isOne();
    }

    @Test
    void listener_listedTwice_countsTheCallOnce() {
        LoomChatModelListener listener = LoomChatModelListener.of(test.loom());
        ChatModel model = new ScriptedChatModel(() -> RESPONSE, listener, listener);

        model.chat("Tell me a story");
        model.chat("Tell me another");

        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(2).hasTokens(240, 600);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @Test
    void listener_listedTwice_countsTheFailureOnce() {
        LoomChatModelListener listener = LoomChatModelListener.of(test.loom());
        IllegalStateException failure = new IllegalStateException("down");
        ChatModel model = new ScriptedChatModel(() -> ScriptedCalls.fail(failure), listener, listener);

        assertThatThrownBy(() -> model.chat("Tell me a story")).isSameAs(failure);

        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(1).hasErrors(ErrorType.OTHER, 1);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @Test
    void listeners_thatLeadToOneMeter_countTheCallOnce() {
        LoomChatModelListener first = LoomChatModelListener.of(test.loom());
        ChatModel model = new ScriptedChatModel(
                () -> {
                    assertThat(test.gauge("loom.llm.requests.in.progress")).isOne();
                    return RESPONSE;
                },
                first.withUsage(response -> Usage.of(7, 8)),
                first,
                LoomChatModelListener.of(test.loom()),
                LoomChatModelListener.of(test.loom().llm("anthropic", "claude-x")));

        model.chat("Tell me a story");
        model.chat("Tell me another");

        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(2).hasTokens(14, 16);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @Test
    void listeners_thatLeadToOneMeter_countTheFailureOnce() {
        ChatModel model = new ScriptedChatModel(
                () -> ScriptedCalls.fail(new IllegalStateException("down")),
                LoomChatModelListener.of(test.loom()),
                LoomChatModelListener.of(test.loom()));

        assertThatThrownBy(() -> model.chat("Tell me a story")).hasMessage("down");

        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(1).hasErrors(ErrorType.OTHER, 1);
    }

    @Test
    void of_nothing_isRefused() {
        assertThatThrownBy(() -> LoomChatModelListener.of((LoomMetrics) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("loom");
        assertThatThrownBy(() -> LoomChatModelListener.of((LlmMeter) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("meter");
        assertThatThrownBy(() -> LoomChatModelListener.of(test.loom()).withUsage(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("usage");
    }
}
