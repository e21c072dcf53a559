package io.loom.metrics.binder;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;
import io.loom.metrics.llm.Usage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells an {@link LlmStream} what the caller's handler is told, before it is told: what the handler throws then costs nothing.
 */
final class MeteredHandler implements StreamingChatResponseHandler {
    private final StreamingChatResponseHandler handler;
    private final LlmMeter meter;
    private final LlmStream stream;
    private final Function<? super ChatResponse, ? extends @Nullable Usage> usage;
    private volatile @Nullable MeteredHandle lastHandle;

    MeteredHandler(
            StreamingChatResponseHandler handler,
            LlmMeter meter,
            LlmStream stream,
            Function<? super ChatResponse, ? extends @Nullable Usage> usage) {
        this.handler = handler;
        this.meter = meter;
        this.stream = stream;
        this.usage = usage;
    }

    @Override
    public void onPartialResponse(String partialResponse) {
        stream.chunk();
        handler.onPartialResponse(partialResponse);
    }

    @Override
    public void onPartialResponse(PartialResponse partialResponse, PartialResponseContext context) {
        stream.chunk();
        handler.onPartialResponse(partialResponse, new PartialResponseContext(metered(context.streamingHandle())));
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking) {
        stream.chunk();
        handler.onPartialThinking(partialThinking);
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking, PartialThinkingContext context) {
        stream.chunk();
        handler.onPartialThinking(partialThinking, new PartialThinkingContext(metered(context.streamingHandle())));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall) {
        stream.chunk();
        handler.onPartialToolCall(partialToolCall);
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall, PartialToolCallContext context) {
        stream.chunk();
        handler.onPartialToolCall(partialToolCall, new PartialToolCallContext(metered(context.streamingHandle())));
    }

    /** Some providers send tool calls whole. */
    @Override
    public void onCompleteToolCall(CompleteToolCall completeToolCall) {
        stream.chunk();
        handler.onCompleteToolCall(completeToolCall);
    }

    @Override
    public void onUnmappedRawEvent(Object rawEvent) {
        handler.onUnmappedRawEvent(rawEvent);
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
        stream.succeed(
                meter.usageOf(completeResponse, usage), LangChain4jCalls.finishReason(completeResponse.finishReason()));
        handler.onCompleteResponse(completeResponse);
    }

    @Override
    public void onError(Throwable error) {
        MeteredHandle handle = lastHandle;
        if (handle != null && handle.isCancelling()) {
            stream.cancel(); // what a cancelled call says last is no failure
        } else {
            stream.fail(error, LangChain4jErrors::typeOf);
        }
        handler.onError(error);
    }

    private StreamingHandle metered(StreamingHandle handle) {
        MeteredHandle last = lastHandle;
        if (last == null || !last.isOf(handle)) {
            last = new MeteredHandle(handle, stream);
            lastHandle = last;
        }
        return last;
    }
}
