package io.loom.metrics.llm;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How an exception ended an LLM attempt: by cancellation, or by an error of some type. Immutable.
 *
 * <p>The exception's class decides, then its cause's, and so on; its message never does.
 *
 * @param outcome {@link Outcome#ERROR} or {@link Outcome#CANCELLED}
 * @param errorType why it failed; null where it was cancelled
 */
public record CallEnd(Outcome outcome, @Nullable ErrorType errorType) {
    /** Causes may form a circle. */
    private static final int MAX_DEPTH = 16;

    /** The caller gave up. */
    public static final CallEnd CANCELLED = new CallEnd(Outcome.CANCELLED, null);

    /** {@return how {@code failure} ended the attempt} */
    public static CallEnd of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof CancellationException || cause instanceof InterruptedException) {
                return CANCELLED;
            }
            ErrorType type = typeOf(cause);
            if (type != ErrorType.OTHER) {
                return new CallEnd(Outcome.ERROR, type);
            }
            cause = cause.getCause();
        }
        return new CallEnd(Outcome.ERROR, ErrorType.OTHER);
    }

    private static ErrorType typeOf(Throwable failure) {
        if (failure instanceof TimeoutException
                || failure instanceof SocketTimeoutException
                || failure instanceof HttpTimeoutException) {
            return ErrorType.TIMEOUT;
        }
        return failure instanceof IOException ? ErrorType.NETWORK : ErrorType.OTHER;
    }
}
