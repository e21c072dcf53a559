package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.ErrorType;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls of scripted models, metered by listener, by decorator or by both. */
final class ScriptedCalls {
    private ScriptedCalls() {}

    static Consumer<TestLoom> blocking(Supplier<ChatResponse> answer) {
        return tested -> {
            ChatModel model = new ScriptedChatModel(answer, LoomChatModelListener.of(tested.loom()));
            try {
                model.chat("Tell me a story");
            } catch (RuntimeException e) {
                assertThat(e).isInstanceOfAny(Typed.class, TimeoutException.class, CancellationException.class);
            }
        };
    }

    static Consumer<TestLoom> streamed(Consumer<StreamingChatResponseHandler> script) {
        return tested -> chat(
                LoomStreamingChatModel.of(new ScriptedStreamingModel(script), tested.loom()), new RecordingHandler());
    }

    static Consumer<TestLoom> afterChunk(Consumer<StreamingChatResponseHandler> script) {
        return streamed(handler -> {
            ScriptedStreamingModel.chunk(handler, new ScriptedHandle());
            script.accept(handler);
        });
    }

    static Consumer<TestLoom> cancelledByHandle(ScriptedHandle handle, Consumer<StreamingChatResponseHandler> then) {
        return tested -> {
            StreamingChatModel model = new ScriptedStreamingModel(handler -> {
                try {
                    ScriptedStreamingModel.chunk(handler, handle);
                } catch (UnsupportedOperationException e) {
                    // the caller's handler asked for what the model cannot do
                }
                then.accept(handler);
            });
            chat(LoomStreamingChatModel.of(model, tested.loom()), new RecordingHandler(true));
        };
    }

    /** The caller cancels at the first chunk, and the model ends the call before it returns from that. */
    static Consumer<TestLoom> endedByCancel(Consumer<StreamingChatResponseHandler> end) {
        return tested -> {
            StreamingChatModel model = new ScriptedStreamingModel(
                    handler -> ScriptedStreamingModel.chunk(handler, new ScriptedHandle(() -> end.accept(handler))));
            chat(LoomStreamingChatModel.of(model, tested.loom()), new RecordingHandler(true));
        };
    }

    /** The wrong way: a listener hears of streams, too. */
    static Consumer<TestLoom> listened(Consumer<StreamingChatResponseHandler> script) {
        return tested -> chat(
                new ScriptedStreamingModel(script, LoomChatModelListener.of(tested.loom())), new RecordingHandler());
    }

    static Consumer<TestLoom> both(Consumer<StreamingChatResponseHandler> script) {
        return tested -> {
            StreamingChatModel model = new ScriptedStreamingModel(script, LoomChatModelListener.of(tested.loom()));
            chat(LoomStreamingChatModel.of(model, tested.loom()), new RecordingHandler());
        };
    }

    private static void chat(StreamingChatModel model, RecordingHandler handler) {
        try {
            model.chat("Tell me a story", handler);
        } catch (RuntimeException e) {
            assertThat(e).isInstanceOfAny(Typed.class, TimeoutException.class, CancellationException.class);
        }
    }

    static ChatResponse fail(RuntimeException failure) {
        throw failure;
    }

    /** A failure of a type that the caller knows. */
    static final class Typed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ErrorType type;

        Typed(ErrorType type) {
            this.type = type;
        }

        ErrorType type() {
            return type;
        }
    }
}
