package io.loom.metrics.llm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
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
    public static CallEnd of(@Nullable Throwable failure) {
        ErrorType type = ErrorType.OTHER;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (isCancellation(cause)) {
                return CANCELLED;
            }
            if (isTimeout(cause)) {
                return new CallEnd(Outcome.ERROR, ErrorType.TIMEOUT);
            }
            if (cause instanceof IOException) {
                type = ErrorType.NETWORK; // unless its cause knows better
            }
            cause = causeOf(cause);
        }
        return new CallEnd(Outcome.ERROR, type);
    }

    private static boolean isCancellation(Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException;
    }

    /** HTTP clients throw a plain InterruptedIOException when their own limit ends a call. */
    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof InterruptedIOException
                || failure instanceof HttpTimeoutException;
    }

    /** Foreign code, which may throw; this call has failed already. */
    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException e) {
            return null;
        }
    }
}
