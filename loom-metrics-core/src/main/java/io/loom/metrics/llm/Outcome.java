package io.loom.metrics.llm;

import java.util.Locale;

/** How an LLM attempt ended. */
public enum Outcome {
    /** The provider answered. */
    SUCCESS,
    /** It failed; an {@link ErrorType} says why. */
    ERROR,
    /** The caller gave up on it, which is no error. */
    CANCELLED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code outcome}} */
    public String label() {
        return label;
    }
}
