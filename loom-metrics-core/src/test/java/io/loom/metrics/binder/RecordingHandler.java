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
import java.util.ArrayList;
import java.util.List;

/** A caller's handler that keeps what it hears; it may cancel at each part. */
final class RecordingHandler implements StreamingChatResponseHandler {
    final List<Object> heard = new ArrayList<>();
    private final boolean cancels;

    RecordingHandler(boolean cancels) {
        this.cancels = cancels;
    }

    RecordingHandler() {
        this(false);
    }

    @Override
    public void onPartialResponse(String partialResponse) {
        heard.add(partialResponse);
    }

    @Override
    public void onPartialResponse(PartialResponse partialResponse, PartialResponseContext context) {
        part(partialResponse, context.streamingHandle());
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking) {
        heard.add(partialThinking);
    }

    @Override
    public void onPartialThinking(PartialThinking partialThinking, PartialThinkingContext context) {
        part(partialThinking, context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall) {
        heard.add(partialToolCall);
    }

    @Override
    public void onPartialToolCall(PartialToolCall partialToolCall, PartialToolCallContext context) {
        part(partialToolCall, context.streamingHandle());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall completeToolCall) {
        heard.add(completeToolCall);
    }

    @Override
    public void onUnmappedRawEvent(Object rawEvent) {
        heard.add(rawEvent);
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
        heard.add(completeResponse);
    }

    @Override
    public void onError(Throwable error) {
        heard.add(error);
    }

    private void part(Object part, StreamingHandle handle) {
        heard.add(part);
        if (cancels) {
            handle.cancel();
        }
    }
}
