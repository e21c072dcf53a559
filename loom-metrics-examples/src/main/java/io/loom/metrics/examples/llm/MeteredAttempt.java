package io.loom.metrics.examples.llm;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmStream;

/** Meters a provider's attempts by hand. Only the provider knows the error types of its exceptions. */
record MeteredAttempt(LlmProvider provider, LlmMeter meter) implements LlmAttempt {
    @Override
    public Completion make(String prompt) throws ProviderException, InterruptedException {
        LlmStream stream = meter.stream();
        try {
            Completion completion = provider.complete(prompt, stream::chunk);
            stream.succeed(completion.usage(), completion.finish());
            return completion;
        } catch (ProviderException e) {
            stream.fail(e.errorType());
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            stream.fail(e);
            throw e;
        } finally {
            meter.rateLimits(provider.rateLimits());
        }
    }
}
