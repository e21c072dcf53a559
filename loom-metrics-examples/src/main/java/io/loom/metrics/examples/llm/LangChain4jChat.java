package io.loom.metrics.examples.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;

/** A model whose answers come in one piece; its listener meters them. */
final class LangChain4jChat implements LlmAttempt {
    private final ChatModel model;
    private final LangChain4jAnswers answers;

    LangChain4jChat(ChatModel model, LangChain4jAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    @Override
    public Completion make(String prompt) throws ProviderException {
        try {
            return answers.completion(model.chat(
                    ChatRequest.builder().messages(UserMessage.from(prompt)).build()));
        } catch (RuntimeException e) {
            throw answers.failure(e);
        }
    }
}
