package io.loom.metrics.examples.llm;

/** One model of one provider. Implementations are thread-safe. */
public interface LlmProvider {
    /** {@return who serves the model: {@code openai}} */
    String name();

    /** {@return the model: {@code gpt-4}} */
    String model();

    /**
     * Answers a prompt; one attempt, which is not made again here.
     *
     * @throws ProviderException where the provider does not answer
     * @throws InterruptedException where the caller was interrupted while it waited
     */
    Completion complete(String prompt) throws ProviderException, InterruptedException;
}
