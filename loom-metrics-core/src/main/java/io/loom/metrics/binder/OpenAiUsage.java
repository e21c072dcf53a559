package io.loom.metrics.binder;

import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.llm.Usage;

/** What OpenAI says of usage beyond the two sums. Only loaded where there is such a usage. */
final class OpenAiUsage {
    private OpenAiUsage() {}

    /** Both details are parts of the sums already. */
    static Usage of(TokenUsage tokens, Usage plain) {
        OpenAiTokenUsage said = (OpenAiTokenUsage) tokens;
        Usage usage = plain;
        if (said.inputTokensDetails() != null && said.inputTokensDetails().cachedTokens() != null) {
            usage = usage.withCached(said.inputTokensDetails().cachedTokens());
        }
        if (said.outputTokensDetails() != null && said.outputTokensDetails().reasoningTokens() != null) {
            usage = usage.withReasoning(said.outputTokensDetails().reasoningTokens());
        }
        return usage;
    }
}
