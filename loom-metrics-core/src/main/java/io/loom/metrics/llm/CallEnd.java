package io.loom.metrics.llm;

import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
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

    private static final CallEnd[] FAILED = Arrays.stream(ErrorType.values())
            .map(type -> new CallEnd(Outcome.ERROR, type))
            .toArray(CallEnd[]::new);

    /** The caller gave up. */
    public static final CallEnd CANCELLED = new CallEnd(Outcome.CANCELLED, null);

    /** {@return the end by an error, without allocation; null counts as {@link ErrorType#OTHER}} */
    @SuppressWarnings("EnumOrdinal") // made from them all
    public static CallEnd failed(@Nullable ErrorType type) {
        return FAILED[(type == null ? ErrorType.OTHER : type).ordinal()];
    }

    /** {@return how {@code failure} ended the attempt} */
    public static CallEnd of(@Nullable Throwable failure) {
        return byClass(failure);
    }

    /**
     * {@return how {@code failure} ended the attempt}
     *
     * @param known what the caller knows of an exception, null where it knows nothing; it is asked about the failure and then about
     *     each of its causes, before any class decides
     */
    public static CallEnd of(
            @Nullable Throwable failure, Function<? super Throwable, ? extends @Nullable ErrorType> known) {
        ErrorType said = firstKnown(failure, known);
        return said == null ? byClass(failure) : failed(said);
    }

    /**
     * {@return how {@code failure} ended the attempt}
     *
     * @param known what the caller knows, as in {@link #of(Throwable, Function)}
     * @param alsoKnown what else is known, asked after {@code known} about them all, and before their classes
     */
    public static CallEnd of(
            @Nullable Throwable failure,
            Function<? super Throwable, ? extends @Nullable ErrorType> known,
            Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
        ErrorType said = firstKnown(failure, known);
        return said == null ? of(failure, alsoKnown) : failed(said);
    }

    /** What lies behind a cancellation did not end the attempt. */
    private static @Nullable ErrorType firstKnown(
            @Nullable Throwable failure, Function<? super Throwable, ? extends @Nullable ErrorType> known) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            ErrorType said = known.apply(cause);
            if (said != null || isCancellation(cause)) {
                return said;
            }
            cause = causeOf(cause);
        }
        return null;
    }

    private static CallEnd byClass(@Nullable Throwable failure) {
        ErrorType type = ErrorType.OTHER;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (isCancellation(cause)) {
                return CANCELLED;
            }
            ErrorType classified = ErrorTable.byClass(cause.getClass());
            if (classified != null && classified != ErrorType.NETWORK) {
                return failed(classified);
            }
            if (classified != null) {
                type = classified; // unless its cause knows better
            }
            cause = causeOf(cause);
        }
        return failed(type);
    }

    private static boolean isCancellation(Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException;
    }

    /** Foreign code, which may throw; this call has failed already. */
    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable e) {
            return null;
        }
    }
}
