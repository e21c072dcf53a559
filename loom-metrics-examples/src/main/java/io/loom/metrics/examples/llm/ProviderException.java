package io.loom.metrics.examples.llm;

import io.loom.metrics.llm.ErrorType;

/** A provider did not answer. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorType errorType;

    /** Creates the failure of one attempt of {@code provider}. */
    public ProviderException(LlmProvider provider, ErrorType errorType) {
        super(provider.name() + '/' + provider.model() + ": " + errorType.label());
        this.errorType = errorType;
    }

    /** {@return why} */
    public ErrorType errorType() {
        return errorType;
    }
}
