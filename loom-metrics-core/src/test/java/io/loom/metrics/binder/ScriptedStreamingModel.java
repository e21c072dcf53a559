package io.loom.metrics.binder;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A streaming model that plays a script on the caller's thread; the rest, listeners above all, is LangChain4j's own. */
final class ScriptedStreamingModel implements StreamingChatModel {
    private final List<ChatModelListener> listeners;
    private final Consumer<StreamingChatResponseHandler> script;

    ScriptedStreamingModel(Consumer<StreamingChatResponseHandler> script, ChatModelListener... listeners) {
        this.listeners = List.of(listeners);
        this.script = script;
    }

    /** A part of the answer, as today's providers bring it. */
    static void chunk(StreamingChatResponseHandler handler, StreamingHandle handle) {
        handler.onPartialResponse(new PartialResponse("Once"), new PartialResponseContext(handle));
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        script.accept(handler);
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.ANTHROPIC;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder().modelName("claude-x").build();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
