package io.loom.metrics.binder;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.TestLoom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the parts of an answer come, as the decorator's meter tells it. */
class LoomStreamingTimesTest {
    private static final ScriptedHandle HANDLE = new ScriptedHandle();
    private static final PartialToolCall PARTIAL_TOOL_CALL = PartialToolCall.builder()
            .index(0)
            .id("1")
            .name("dice")
            .partialArguments("{")
            .build();
    private static final CompleteToolCall TOOL_CALL = new CompleteToolCall(
            0,
            ToolExecutionRequest.builder().id("1").name("dice").arguments("{}").build());

    private final TestLoom test = TestLoom.create();

    @Test
    void chat_scriptedDelays_givesFirstAndFurtherTokensExactly() {
        chat(told -> {
            chunkAfter(told, 400);
            for (int i = 0; i < 10; i++) {
                chunkAfter(told, 30);
            }
            after(100);
            told.onCompleteResponse(ScriptedChatModel.response(new TokenUsage(50, 13), FinishReason.STOP));
        });

        assertThat(millis("loom.llm.time.to.first.token")).isEqualTo(400);
        assertThat(millis("loom.llm.time.per.output.token")).isEqualTo(25); // 300 ms for the twelve after the first
        assertThat(test.timer("loom.llm.request.duration", "outcome", "success").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(800);
        assertThat(test.count("loom.llm.stream.stalls")).isZero();
    }

    @Test
    void chat_gapLongerThanTheLimit_isAStall() {
        chat(told -> {
            chunkAfter(told, 60_000);
            chunkAfter(told, 5_001);
            chunkAfter(told, 5_000);
        });

        assertThat(test.count("loom.llm.stream.stalls")).isOne();
    }

    @Test
    void thinking_isTheFirstToken_butNotTheReadersPace() {
        TokenUsage usage = OpenAiTokenUsage.builder()
                .inputTokenCount(10)
                .outputTokenCount(1_011)
                .outputTokensDetails(OpenAiTokenUsage.OutputTokensDetails.builder()
                        .reasoningTokens(1_000)
                        .build())
                .build();
        chat(told -> {
            after(200);
            told.onPartialThinking(new PartialThinking("Hm"), new PartialThinkingContext(HANDLE));
            chunkAfter(told, 4_000);
            chunkAfter(told, 500);
            told.onCompleteResponse(ScriptedChatModel.response(usage, FinishReason.STOP));
        });

        assertThat(millis("loom.llm.time.to.first.token")).isEqualTo(200);
        assertThat(millis("loom.llm.time.per.output.token")).isEqualTo(50); // 500 ms for the ten after the first
    }

    @ParameterizedTest
    @MethodSource
    void contentOfAnyKind_isAFirstTokenOnce(Consumer<StreamingChatResponseHandler> content) {
        assertThat(test.deltas(() -> chat(told -> {
                    after(300);
                    content.accept(told);
                })))
                .containsEntry(FIRST_TOKEN + " count", 1.0)
                .containsEntry(FIRST_TOKEN + " seconds", 0.3);
    }

    static Stream<Consumer<StreamingChatResponseHandler>> contentOfAnyKind_isAFirstTokenOnce() {
        return Stream.of(
                told -> told.onPartialResponse("Once"),
                told -> told.onPartialResponse(new PartialResponse("Once"), new PartialResponseContext(HANDLE)),
                told -> told.onPartialThinking(new PartialThinking("Hm")),
                told -> told.onPartialThinking(new PartialThinking("Hm"), new PartialThinkingContext(HANDLE)),
                told -> told.onPartialToolCall(PARTIAL_TOOL_CALL),
                told -> told.onPartialToolCall(PARTIAL_TOOL_CALL, new PartialToolCallContext(HANDLE)),
                told -> told.onCompleteToolCall(TOOL_CALL));
    }

    @Test
    void rawEvent_isNoContent() {
        assertThat(test.deltas(() -> chat(told -> told.onUnmappedRawEvent("ping"))))
                .doesNotContainKey(FIRST_TOKEN + " count");
    }

    private void chat(Consumer<StreamingChatResponseHandler> script) {
        LoomStreamingChatModel.of(new ScriptedStreamingModel(script), test.loom())
                .chat("Tell me a story", new RecordingHandler());
    }

    private void chunkAfter(StreamingChatResponseHandler told, long millis) {
        after(millis);
        ScriptedStreamingModel.chunk(told, HANDLE);
    }

    private void after(long millis) {
        test.clock().add(Duration.ofMillis(millis));
    }

    private double millis(String timer) {
        return test.timer(timer).totalTime(TimeUnit.MILLISECONDS);
    }
}
