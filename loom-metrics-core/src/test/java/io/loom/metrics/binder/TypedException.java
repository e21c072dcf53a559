package io.loom.metrics.binder;

import io.loom.metrics.llm.ErrorType;

/** A failure of a type that the caller's own classifier knows. */
final class TypedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorType type;

    TypedException(ErrorType type) {
        this(type, null);
    }

    TypedException(ErrorType type, Throwable cause) {
        super(null, cause, false, false);
        this.type = type;
    }

    ErrorType type() {
        return type;
    }
}
