package io.loom.metrics.examples.llm;

import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.llm.FinishReason;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls one model, meters every attempt, and makes an attempt again where that may help. Thread-safe. */
public final class LlmClient {
    private static final Logger log = LoggerFactory.getLogger(LlmClient.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration BACK_OFF = Duration.ofMillis(100);

    private final LlmProvider provider;
    private final LlmMeter meter;
    private final Pause pause;

    /** Creates a client; the model's series are on the page from now on. */
    public LlmClient(LlmProvider provider, LoomMetrics loom, Pause pause) {
        this.provider = provider;
        this.meter = loom.llm(provider.name(), provider.model());
        this.pause = pause;
    }

    /**
     * {@return the model's answer}
     *
     * @throws ProviderException where the last attempt failed
     * @throws InterruptedException where the thread was interrupted
     */
    public Completion complete(String prompt) throws ProviderException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(prompt);
            } catch (ProviderException e) {
                if (attempt == MAX_ATTEMPTS || !e.errorType().retryable()) {
                    throw e;
                }
                log.info("{}, attempt {} of {}", e.getMessage(), attempt, MAX_ATTEMPTS);
                meter.retried(e.errorType());
                pause.await(BACK_OFF.multipliedBy(attempt));
            }
        }
    }

    /** An exception class of our own: only we know its error type, so {@link LlmMeter#call} would not do. */
    private Completion attempt(String prompt) throws ProviderException, InterruptedException {
        LlmCall call = meter.start();
        try {
            Completion completion = provider.complete(prompt);
            call.succeed(completion.usage());
            meter.finished(FinishReason.STOP);
            return completion;
        } catch (ProviderException e) {
            call.fail(e.errorType());
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            call.fail(e);
            throw e;
        }
    }
}
