package io.loom.metrics.binder;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.llm.Usage;
import org.jspecify.annotations.Nullable;

/** What Anthropic says of usage beyond the two sums. Only loaded where there is such a usage. */
final class AnthropicUsage {
    private AnthropicUsage() {}

    /** Anthropic's input tokens are those that no cache had to do with. */
    static Usage of(TokenUsage tokens, Usage plain) {
        AnthropicTokenUsage said = (AnthropicTokenUsage) tokens;
        long read = orNone(said.cacheReadInputTokens());
        long written = orNone(said.cacheCreationInputTokens());
        return new Usage(plain.promptTokens() + read + written, plain.completionTokens(), read, written, 0);
    }

    private static long orNone(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
