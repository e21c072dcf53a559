package io.loom.metrics;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An LLM attempt under way. The first end wins: a time-out may race an answer, and one attempt counts once.
 *
 * <p>Thread-safe. Ending it never throws and takes no lock.
 */
public final class LlmCall extends EndsOnce implements AutoCloseable {
    private final LlmMeter meter;
    private final long startNanos;

    LlmCall(LlmMeter meter) {
        this.meter = meter;
        this.startNanos = meter.begin();
    }

    /** Ends the attempt with an answer whose usage is not known: no tokens are counted. */
    public void succeed() {
        succeed(null);
    }

    /**
     * Ends the attempt with an answer.
     *
     * @param usage null where it is not known: then no tokens are counted
     */
    public void succeed(@Nullable Usage usage) {
        if (end()) {
            meter.succeeded(meter.nanosSince(startNanos), usage);
        }
    }

    /**
     * Like {@link #succeed(Usage)}, and counts why the answer ended.
     *
     * @param usage null where it is not known
     * @param reason null counts as {@link FinishReason#OTHER}
     */
    public void succeed(@Nullable Usage usage, @Nullable FinishReason reason) {
        if (end()) {
            meter.succeeded(meter.nanosSince(startNanos), usage);
            meter.finished(reason);
        }
    }

    /**
     * Ends the attempt with an error.
     *
     * @param type why; null counts as {@link ErrorType#OTHER}
     */
    public void fail(@Nullable ErrorType type) {
        end(CallEnd.failed(type));
    }

    /**
     * Ends the attempt with an exception, whose class and causes decide the {@link ErrorType}, unless the caller's own classifier
     * knows it; a cancellation or an interrupt counts as cancelled.
     */
    public void fail(@Nullable Throwable failure) {
        end(meter.classify(failure));
    }

    /**
     * Like {@link #fail(Throwable)}, where more is known of the exceptions of a library.
     *
     * @param alsoKnown the type of an exception, or null where it knows nothing; it is asked after the caller's own classifier,
     *     about the exception and each of its causes, and before their classes
     */
    public void fail(
            @Nullable Throwable failure, Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown) {
        end(meter.classify(failure, alsoKnown));
    }

    /**
     * Like {@link #fail(Throwable, Function)}, for an attempt that had an answer all the same, or part of one: its tokens are
     * wasted.
     *
     * @param used null where it is not known: it is counted as missing, and not as 0
     */
    public void fail(
            @Nullable Throwable failure,
            Function<? super Throwable, ? extends @Nullable ErrorType> alsoKnown,
            @Nullable Usage used) {
        end(meter.classify(failure, alsoKnown), used);
    }

    /** Ends the attempt because the caller gave up on it, which is no error. */
    public void cancel() {
        end(CallEnd.CANCELLED);
    }

    /**
     * Like {@link #cancel()}, for an attempt that had part of its answer, or may have had: its tokens are wasted.
     *
     * @param used null where it is not known: it is counted as missing, and not as 0
     */
    public void cancel(@Nullable Usage used) {
        end(CallEnd.CANCELLED, used);
    }

    /** Ends an attempt that was not ended otherwise: an error of type {@link ErrorType#OTHER}, and counted as unclosed. */
    @Override
    public void close() {
        closeOnce(); // so short that it is inlined after a throw as well: see EndsOnce
    }

    private void closeOnce() {
        end(LlmEnds.UNCLOSED);
    }

    private void end(CallEnd how) {
        if (end()) {
            meter.failed(meter.nanosSince(startNanos), how);
        }
    }

    private void end(CallEnd how, @Nullable Usage used) {
        if (end()) {
            Apart.wasted(meter, meter.nanosSince(startNanos), how, used);
        }
    }
}
