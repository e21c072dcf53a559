package io.loom.metrics.binder;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.llm.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage off LangChain4j's responses, with what OpenAI and Anthropic say of caches and reasoning. The adapters do so by
 * themselves. For calls that are metered otherwise:
 *
 * <pre>{@code
 * meter.call(() -> model.chat(request), LangChain4jUsage::of);
 * }</pre>
 *
 * <p>Thread-safe; lock-free.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LangChain4jUsage {
    private LangChain4jUsage() {}

    /** {@return the usage}; null where a count is missing */
    public static @Nullable Usage of(ChatResponse response) {
        TokenUsage tokens = response.tokenUsage();
        if (tokens == null || tokens.inputTokenCount() == null || tokens.outputTokenCount() == null) {
            return null;
        }
        Usage plain = Usage.of(tokens.inputTokenCount(), tokens.outputTokenCount());
        return switch (tokens.getClass().getName()) { // by name, so that neither library is needed
            case "dev.langchain4j.model.openai.OpenAiTokenUsage" -> OpenAiUsage.of(tokens, plain);
            case "dev.langchain4j.model.anthropic.AnthropicTokenUsage" -> AnthropicUsage.of(tokens, plain);
            default -> plain;
        };
    }
}
