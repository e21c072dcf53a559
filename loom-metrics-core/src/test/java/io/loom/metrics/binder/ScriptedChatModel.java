package io.loom.metrics.binder;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.function.Supplier;

/** A blocking model that answers as it is told; the rest, listeners above all, is LangChain4j's own. */
final class ScriptedChatModel implements ChatModel {
    static final ChatResponse RESPONSE = response(new TokenUsage(120, 300), FinishReason.STOP);

    private final List<ChatModelListener> listeners;
    private final Supplier<ChatResponse> answer;

    ScriptedChatModel(Supplier<ChatResponse> answer, ChatModelListener... listeners) {
        this.listeners = List.of(listeners);
        this.answer = answer;
    }

    static ChatResponse response(TokenUsage usage, FinishReason reason) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("Once"))
                .modelName("claude-x-20260101")
                .tokenUsage(usage)
                .finishReason(reason)
                .build();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer.get();
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
}
