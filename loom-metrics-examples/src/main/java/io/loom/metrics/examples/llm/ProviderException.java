package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.ErrorType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider did not answer. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorType errorType;
    private final @Nullable Duration retryAfter;

    /** Creates the failure of one attempt of {@code provider}. */
    public ProviderException(LlmProvider provider, ErrorType errorType) {
        this(provider.name() + '/' + provider.model(), errorType, null, null);
    }

    /**
     * Creates the failure of one attempt.
     *
     * @param model for the message
     * @param retryAfter when the provider wants to be asked again, if it says so
     * @param cause what the provider's library threw, if it did
     */
    ProviderException(String model, ErrorType errorType, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(model + ": " + errorType.label(), cause);
        this.errorType = errorType;
        this.retryAfter = retryAfter;
    }

    /** {@return why} */
    public ErrorType errorType() {
        return errorType;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
