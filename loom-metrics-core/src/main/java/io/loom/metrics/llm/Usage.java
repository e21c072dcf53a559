package io.loom.metrics.llm;

/**
 * The tokens that an LLM attempt used. Immutable.
 *
 * <p>Counts come from outside and are not checked here: a negative one is dropped when it is recorded, and counted in {@code
 * loom_metrics_rejected_total}, so that a provider's nonsense never costs the caller its answer.
 *
 * @param promptTokens tokens sent, cached ones included
 * @param completionTokens tokens received
 */
public record Usage(long promptTokens, long completionTokens) {

    /** {@return the usage of a call} */
    public static Usage of(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens);
    }
}
