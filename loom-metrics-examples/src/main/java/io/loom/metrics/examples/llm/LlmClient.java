package io.loom.metrics.examples.llm;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls one model, and makes an attempt again where that may help. Thread-safe. */
public final class LlmClient {
    private static final Logger log = LoggerFactory.getLogger(LlmClient.class);
    private static final String SCOPE = "io.loom.metrics.examples.llm";
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration BACK_OFF = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final ModelName model;
    private final LlmAttempt attempt;
    private final LlmMeter meter;
    private final Pause pause;

    LlmClient(ModelName model, LlmAttempt attempt, LlmMeter meter, Pause pause) {
        this.model = model;
        this.attempt = attempt;
        this.meter = meter;
        this.pause = pause;
    }

    /** {@return a client of a provider that meters nothing itself; the model's series are on the page from now on} */
    public static LlmClient of(LlmProvider provider, LoomMetrics loom, Pause pause) {
        LlmMeter meter = loom.llm(provider.name(), provider.model());
        ModelName model = new ModelName(provider.name(), provider.model());
        return new LlmClient(model, new MeteredAttempt(provider, meter), meter, pause);
    }

    /** {@return a client that opens a span for each attempt} */
    public LlmClient traced(OpenTelemetry telemetry) {
        LlmAttempt traced = new TracedAttempt(attempt, model, telemetry.getTracer(SCOPE));
        return new LlmClient(model, traced, meter, pause);
    }

    /**
     * {@return the model's answer}
     *
     * @throws ProviderException where the last attempt failed
     * @throws InterruptedException where the thread was interrupted
     */
    public Completion complete(String prompt) throws ProviderException, InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.make(prompt);
            } catch (ProviderException e) {
                if (number == MAX_ATTEMPTS || !e.errorType().retryable()) {
                    throw e;
                }
                log.info("{}, attempt {} of {}", e.getMessage(), number, MAX_ATTEMPTS);
                meter.retried(e.errorType());
                pause.await(pauseAfter(e, number));
            }
        }
    }

    /** Notes that {@code other} is asked instead. */
    public void fallBackTo(LlmClient other) {
        meter.fellBackTo(other.meter);
    }

    /** What the provider asks for, within reason; else longer each time. */
    private static Duration pauseAfter(ProviderException failure, int number) {
        Duration wanted = failure.retryAfter().orElse(BACK_OFF.multipliedBy(number));
        return wanted.compareTo(MAX_PAUSE) < 0 ? wanted : MAX_PAUSE;
    }
}
