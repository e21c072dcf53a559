package io.loom.metrics.examples.llm;

/** Asks one model once, and meters that. Implementations are thread-safe. */
interface LlmAttempt {
    /**
     * {@return the model's answer}
     *
     * @throws ProviderException where there is none
     * @throws InterruptedException where the thread was interrupted while it waited
     */
    Completion make(String prompt) throws ProviderException, InterruptedException;
}
