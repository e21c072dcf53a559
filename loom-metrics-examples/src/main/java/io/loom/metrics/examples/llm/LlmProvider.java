package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.RateLimits;
import java.util.Map;
import java.util.Optional;

/** One model of one provider, not metered yet. Implementations are thread-safe. */
public interface LlmProvider {
    /** {@return who serves the model: {@code openai}} */
    String name();

    /** {@return the model: {@code gpt-4}} */
    String model();

    /**
     * Answers a prompt; one attempt, which is not made again here.
     *
     * @param chunk is run as each part of the answer comes; never by an answer that comes in one piece
     * @throws ProviderException where the provider does not answer
     * @throws InterruptedException where the caller was interrupted while it waited
     */
    Completion complete(String prompt, Runnable chunk) throws ProviderException, InterruptedException;

    /** {@return what its answers say of rate limits by now} Nothing, unless it is overridden. */
    default RateLimits rateLimits() {
        return new RateLimits(Map.of(), Map.of(), Optional.empty());
    }
}
