package io.loom.metrics.binder;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.LlmReadings.PER_TOKEN;
import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static io.loom.metrics.binder.ScriptedChatModel.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LoomStreamingChatModelTest {
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
    private final RecordingHandler handler = new RecordingHandler();

    @Test
    void handler_hearsAllThatItWouldHear() {
        IllegalStateException failure = new IllegalStateException("down");
        chat(told -> {
            told.onPartialResponse("Once");
            told.onPartialResponse(new PartialResponse("upon"), new PartialResponseContext(HANDLE));
            told.onPartialThinking(new PartialThinking("Hm"));
            told.onPartialThinking(new PartialThinking("Hmm"), new PartialThinkingContext(HANDLE));
            told.onPartialToolCall(PARTIAL_TOOL_CALL);
            told.onPartialToolCall(PARTIAL_TOOL_CALL, new PartialToolCallContext(HANDLE));
            told.onCompleteToolCall(TOOL_CALL);
            told.onUnmappedRawEvent("ping");
            told.onCompleteResponse(RESPONSE);
            told.onError(failure);
        });

        assertThat(handler.heard)
                .containsExactly(
                        "Once",
                        new PartialResponse("upon"),
                        new PartialThinking("Hm"),
                        new PartialThinking("Hmm"),
                        PARTIAL_TOOL_CALL,
                        PARTIAL_TOOL_CALL,
                        TOOL_CALL,
                        "ping",
                        RESPONSE,
                        failure);
    }

    @Test
    void handler_ofTextOnly_hearsThePartsOfTodaysProviders_eachOnce() {
        TextHandler text = new TextHandler();
        StreamingChatModel model = metered(told -> {
            ScriptedStreamingModel.chunk(told, HANDLE);
            told.onCompleteResponse(RESPONSE);
        });

        assertThat(test.deltas(() -> model.chat("Tell me a story", text)))
                .containsEntry(FIRST_TOKEN + " count", 1.0)
                .doesNotContainKey(PER_TOKEN + " count"); // which two chunks would have
        assertThat(text.heard).hasToString("Once.");
    }

    @Test
    void failure_thrownByTheModel_leavesAsTheSameInstance() {
        StackOverflowError failure = new StackOverflowError();
        StreamingChatModel model = metered(told -> {
            throw failure;
        });

        assertThatThrownBy(() -> model.chat("Tell me a story", handler)).isSameAs(failure);
        assertThat(test.sum("loom.llm.errors")).isOne();
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    /** The model catches it, as LangChain4j's do, and finds the very instance. */
    @Test
    void failure_thrownByTheHandler_reachesTheModelAsTheSameInstance() {
        IllegalStateException failure = new IllegalStateException("no room");
        RuntimeException[] caught = new RuntimeException[2];
        StreamingChatModel model = metered(told -> {
            caught[0] = thrownBy(() -> ScriptedStreamingModel.chunk(told, HANDLE));
            caught[1] = thrownBy(() -> told.onCompleteResponse(RESPONSE));
        });

        model.chat("Tell me a story", new TextHandler() {
            @Override
            public void onPartialResponse(String part) {
                throw failure;
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                throw failure;
            }
        });

        assertThat(caught).containsExactly(failure, failure);
        assertThat(test.loom()).llm("anthropic", "claude-x").hasRequests(1).hasTokens(120, 300);
        assertThat(test.sum("loom.llm.errors")).isZero();
    }

    @Test
    void handle_isThatOfTheModel_oneForTheWholeStream() {
        ScriptedHandle real = new ScriptedHandle();
        List<Object> seen = new ArrayList<>();
        StreamingChatModel model = metered(told -> {
            ScriptedStreamingModel.chunk(told, real);
            ScriptedStreamingModel.chunk(told, real);
        });

        model.chat("Tell me a story", new TextHandler() {
            @Override
            public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                seen.add(context.streamingHandle());
                assertThat(context.streamingHandle().isCancelled()).isEqualTo(seen.size() > 1);
                context.streamingHandle().cancel();
            }
        });

        assertThat(real.isCancelled()).isTrue();
        assertThat(seen).hasSize(2).doesNotContain(real);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(test.count("loom.llm.cancelled")).isOne();
    }

    @Test
    void handle_thatCannotCancel_throwsAsEver_andTheStreamGoesOn() {
        UnsupportedOperationException failure = new UnsupportedOperationException();
        RuntimeException[] caught = new RuntimeException[1];
        StreamingChatModel model = metered(told -> {
            caught[0] = thrownBy(() -> ScriptedStreamingModel.chunk(told, new ScriptedHandle(() -> {
                throw failure;
            })));
            assertThat(test.gauge("loom.llm.requests.in.progress")).isOne();
        });

        model.chat("Tell me a story", new RecordingHandler(true));

        assertThat(caught[0]).isSameAs(failure);
    }

    @Test
    void model_isTheOneAskedFor() {
        StreamingChatModel model = metered(told -> told.onCompleteResponse(RESPONSE));

        model.chat(
                ChatRequest.builder()
                        .messages(UserMessage.from("Tell me a story"))
                        .modelName("claude-y")
                        .build(),
                handler);

        assertThat(test.loom()).llm("anthropic", "claude-y").hasRequests(1);
        assertThat(test.sum("loom.llm.requests")).isOne();
    }

    @Test
    void withUsage_callersFunction_isAskedInsteadOfOurs() {
        StreamingChatModel model = LoomStreamingChatModel.of(
                        new ScriptedStreamingModel(told -> told.onCompleteResponse(RESPONSE)),
                        test.loom().llm("groq", "story-model"))
                .withUsage(response -> Usage.of(7, 8));

        model.chat("Tell me a story", handler);

        assertThat(test.loom()).llm("groq", "story-model").hasRequests(1).hasTokens(7, 8);
    }

    @Test
    void partsWithoutContext_reachTheHandler() {
        TextHandler text = new TextHandler();

        metered(told -> told.onPartialResponse(new PartialResponse("Once"), null))
                .chat("Tell me a story", text);

        assertThat(text.heard).hasToString("Once");
    }

    private StreamingChatModel metered(Consumer<StreamingChatResponseHandler> script) {
        return LoomStreamingChatModel.of(new ScriptedStreamingModel(script), test.loom());
    }

    private void chat(Consumer<StreamingChatResponseHandler> script) {
        metered(script).chat("Tell me a story", handler);
    }

    private static RuntimeException thrownBy(Runnable code) {
        try {
            code.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** What most callers write. */
    private static class TextHandler implements StreamingChatResponseHandler {
        final StringBuilder heard = new StringBuilder();

        @Override
        public void onPartialResponse(String part) {
            heard.append(part);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            heard.append('.');
        }

        @Override
        public void onError(Throwable error) {
            heard.append('!');
        }
    }
}
