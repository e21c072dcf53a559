package io.loom.metrics.llm;

import static io.loom.metrics.llm.ErrorType.Fault.CLIENT;
import static io.loom.metrics.llm.ErrorType.Fault.PROVIDER;
import static io.loom.metrics.llm.ErrorType.Fault.US;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an LLM attempt failed: a closed set, so that errors can be counted from zero and summed. */
public enum ErrorType {
    /** No answer within the caller's limit. */
    TIMEOUT(true, PROVIDER),
    /** Too many requests or tokens a minute. */
    RATE_LIMIT(true, CLIENT),
    /** The account's quota or credit is spent. */
    QUOTA_EXHAUSTED(false, CLIENT),
    /** The provider has no capacity now. */
    OVERLOADED(true, PROVIDER),
    /** Any other failure inside the provider. */
    SERVER_ERROR(true, PROVIDER),
    /** The provider could not be reached, or the connection broke. */
    NETWORK(true, PROVIDER),
    /** The key is missing, wrong or not allowed. */
    AUTH(false, CLIENT),
    /** The provider refused the request as malformed. */
    INVALID_REQUEST(false, CLIENT),
    /** The prompt does not fit the model. */
    CONTEXT_LENGTH(false, CLIENT),
    /** The provider's filter refused prompt or answer. */
    CONTENT_FILTERED(false, CLIENT),
    /** The provider does not know the model. */
    MODEL_NOT_FOUND(false, CLIENT),
    /** The answer could not be read. */
    INVALID_RESPONSE(true, PROVIDER),
    /** The answer broke off after its first chunk. */
    STREAM_INTERRUPTED(true, PROVIDER),
    /** Our own spending limit refused the call. */
    BUDGET_EXCEEDED(false, US),
    /** Our own circuit breaker refused the call. */
    CIRCUIT_OPEN(true, US),
    /** Anything else. */
    OTHER(false, US);

    private final boolean retryable;
    private final Fault fault;
    private final String label = name().toLowerCase(Locale.ROOT);

    ErrorType(boolean retryable, Fault fault) {
        this.retryable = retryable;
        this.fault = fault;
    }

    /**
     * {@return what a provider's word for an error means}; null where it is not known
     *
     * @param code the field {@code code}, {@code type} or {@code status} of the error's JSON, in any case
     */
    public static @Nullable ErrorType ofCode(@Nullable String code) {
        return ErrorTable.byCode(code);
    }

    /**
     * {@return what a provider's answer means} A code that is known decides, unless it says no more than the first digit of the
     * status; else the status.
     *
     * @param status the HTTP status
     * @param code the field {@code code}, {@code type} or {@code status} of the error's JSON, in any case; null where there is
     *     none
     */
    public static ErrorType ofHttp(int status, @Nullable String code) {
        ErrorType byCode = ErrorTable.byCode(code);
        boolean saysMore = byCode != null && byCode != ErrorTable.byStatusClass(status);
        return saysMore ? byCode : ErrorTable.byStatus(status);
    }

    /** {@return whether the same request may succeed later} */
    public boolean retryable() {
        return retryable;
    }

    /** {@return who can mend it} */
    public Fault fault() {
        return fault;
    }

    /** {@return the value of the label {@code error_type}} */
    public String label() {
        return label;
    }

    /** Who can mend an error. */
    public enum Fault {
        /** Whoever configured or prompted the call. */
        CLIENT,
        /** The provider, or the way to it. */
        PROVIDER,
        /** This service. */
        US
    }
}
