package io.loom.metrics.binder;

import dev.langchain4j.model.ModelProvider;
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
import io.loom.metrics.llm.ErrorType;
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
    private final @Nullable ModelProvider provider;
    private volatile @Nullable MeteredHandle lastHandle;

    MeteredHandler(
            StreamingChatResponseHandler handler,
            LlmMeter meter,
            LlmStream stream,
            Function<? super ChatResponse, ? extends @Nullable Usage> usage,
            @Nullable ModelProvider provider) {
        this.handler = handler;
        this.meter = meter;
        this.stream = stream;
        this.usage = usage;
        this.provider = provider;
    }

    @Override
    public void onPartialResponse(String partialResponse) {
        stream.chunk();
        handler.onPartialResponse(partialResponse);
    }

    @Override
    public void onPartialResponse(PartialResponse partialResponse, PartialResponseContext context) {
        stream.chunk();
        handler.onPartialResponse(
                partialResponse, passed(context, PartialResponseContext::streamingHandle, PartialResponseContext::new));
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking) {
        stream.thinking();
        handler.onPartialThinking(partialThinking);
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking, PartialThinkingContext context) {
        stream.thinking();
        handler.onPartialThinking(
                partialThinking, passed(context, PartialThinkingContext::streamingHandle, PartialThinkingContext::new));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall) {
        stream.chunk();
        handler.onPartialToolCall(partialToolCall);
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall, PartialToolCallContext context) {
        stream.chunk();
        handler.onPartialToolCall(
                partialToolCall, passed(context, PartialToolCallContext::streamingHandle, PartialToolCallContext::new));
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
        Usage used = meter.usageOf(completeResponse, usage);
        if (WholeAnswer.is(completeResponse, provider)) {
            stream.succeed(used, LangChain4jCalls.finishReason(completeResponse));
        } else {
            stream.usage(used);
            failed(() -> stream.fail(ErrorType.STREAM_INTERRUPTED));
        }
        handler.onCompleteResponse(completeResponse);
    }

    @Override
    public void onError(Throwable error) {
        failed(() -> stream.fail(error, LangChain4jErrors::typeOf));
        handler.onError(error);
    }

    private void failed(Runnable fail) {
        MeteredHandle handle = lastHandle;
        if (handle != null && handle.isCancelling()) {
            stream.cancel(); // what a cancelled call says last is no failure
        } else {
            fail.run();
        }
    }

    private <C> C passed(C context, Function<C, StreamingHandle> handleOf, Function<StreamingHandle, C> with) {
        StreamingHandle handle = context == null ? null : handleOf.apply(context);
        return handle == null ? context : with.apply(metered(handle));
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
