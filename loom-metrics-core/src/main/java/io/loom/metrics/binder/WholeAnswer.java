package io.loom.metrics.binder;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a stream's whole answer from one that broke off: where the connection closes in good order, LangChain4j completes both.
 * A whole one says why it ended, or its provider has a reason that LangChain4j has no name for. Then its usage tells, which comes
 * last.
 */
final class WholeAnswer {
    private static final String OPENAI = "dev.langchain4j.model.openai.OpenAiChatResponseMetadata";

    /** Their usage comes with each part, and LangChain4j has a name for each of their reasons. */
    private static final Set<String> USAGE_ALL_ALONG =
            Set.of("GOOGLE_AI_GEMINI", "GOOGLE_GENAI", "GOOGLE_VERTEX_AI_GEMINI");

    private WholeAnswer() {}

    static boolean is(@Nullable ChatResponse response, @Nullable ModelProvider provider) {
        if (response == null || response.finishReason() != null) {
            return response != null;
        }
        if (response.metadata().getClass().getName().equals(OPENAI)) { // by name, so that the library is not needed
            return OpenAiEvents.sayWhyItEnded(response.metadata());
        }
        return response.tokenUsage() != null && (provider == null || !USAGE_ALL_ALONG.contains(provider.name()));
    }
}
