package io.loom.metrics.llm;

/**
 * The tokens that an LLM attempt used. Immutable.
 *
 * <p>Cached, cache-write and reasoning tokens are parts of the other two and never add to their sum. A provider that reports
 * cached tokens apart from its prompt tokens has them added to the prompt before they come here.
 *
 * <p>Counts come from outside and are not checked here: one that is negative or more than a billion, or a part that is more than
 * its whole, is dropped when it is recorded, and counted in {@code loom_metrics_rejected_total}, so that a provider's nonsense never costs the caller its
 * answer.
 *
 * @param promptTokens tokens sent, cached ones included
 * @param completionTokens tokens received, those of reasoning included
 * @param cachedTokens prompt tokens that were read from the provider's cache
 * @param cacheWriteTokens prompt tokens that were written to the provider's cache
 * @param reasoningTokens completion tokens that the model thought with and the reader does not see
 */
public record Usage(
        long promptTokens, long completionTokens, long cachedTokens, long cacheWriteTokens, long reasoningTokens) {

    /** {@return the usage of a call without a cache and without reasoning} */
    public static Usage of(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens, 0, 0, 0);
    }

    /** {@return this usage, with prompt tokens that were read from the provider's cache} */
    public Usage withCached(long tokens) {
        return new Usage(promptTokens, completionTokens, tokens, cacheWriteTokens, reasoningTokens);
    }

    /** {@return this usage, with prompt tokens that were written to the provider's cache} */
    public Usage withCacheWrite(long tokens) {
        return new Usage(promptTokens, completionTokens, cachedTokens, tokens, reasoningTokens);
    }

    /** {@return this usage, with completion tokens that were reasoning} */
    public Usage withReasoning(long tokens) {
        return new Usage(promptTokens, completionTokens, cachedTokens, cacheWriteTokens, tokens);
    }
}
