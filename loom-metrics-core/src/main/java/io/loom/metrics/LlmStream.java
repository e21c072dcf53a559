package io.loom.metrics;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An LLM attempt whose answer comes in chunks. The first end wins: a library may report both completion and error, and one
 * attempt counts once. What was used is counted however it ends. Times are measured to a tenth of a millisecond, and up
 * to two and a half days.
 *
 * <p>Thread-safe, but chunks come one at a time. Nothing here throws or takes a lock.
 */
public final class LlmStream extends EndsOnce implements AutoCloseable {
    /** Of a tick of the clock: an int holds two days and a half of them, and the handle takes 48 bytes and not 64. */
    private static final long TICK_NANOS = 100_000;

    private final LlmMeter meter;
    private final int startTick;
    // Written by whoever brings the parts, one at a time.
    private volatile int firstTick;
    private volatile int lastTick;
    private volatile boolean begun; // written after those above
    private volatile int shownTick;
    private volatile int chunks; // written last
    private volatile @Nullable Usage usage;

    LlmStream(LlmMeter meter) {
        this.meter = meter;
        this.startTick = tickOf(meter.begin());
    }

    /**
     * A part of the answer has come. The first one gives the time to the first token; a gap that is too long counts as a stall.
     * After the end it does nothing.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // they come one at a time
    public void chunk() {
        if (arrived()) {
            if (chunks == 0) {
                shownTick = lastTick;
            }
            chunks++;
        }
    }

    /**
     * A part of the model's reasoning has come. It is a first token and has gaps as any {@link #chunk()}, but where the usage
     * tells it apart, the pace is that of what the reader sees.
     */
    public void thinking() {
        arrived();
    }

    /** Keeps what was used up to now, for an end that does not say so; the last one counts. */
    public void usage(@Nullable Usage soFar) {
        usage = soFar;
    }

    /** Ends the attempt with a whole answer, whose usage is what {@link #usage(Usage)} kept. */
    public void succeed() {
        succeed(null);
    }

    /**
     * Ends the attempt with a whole answer.
     *
     * @param total null for what {@link #usage(Usage)} kept; where that is not known either, the usage is missing
     */
    public void succeed(@Nullable Usage total) {
        if (end()) {
            succeeded(known(total));
        }
    }

    /**
     * Like {@link #succeed(Usage)}, and counts why the answer ended.
     *
     * @param total null for what {@link #usage(Usage)} kept
     * @param reason null counts as {@link FinishReason#OTHER}
     */
    public void succeed(@Nullable Usage total, @Nullable FinishReason reason) {
        if (end()) {
            succeeded(known(total));
            meter.finished(reason);
        }
    }

    /**
     * Ends the attempt with an error; after the first chunk it is {@link ErrorType#STREAM_INTERRUPTED} unless it says more.
     *
     * @param type why; null counts as {@link ErrorType#OTHER}
     */
    public void fail(@Nullable ErrorType type) {
        end(CallEnd.failed(type));
    }

    /** Like {@link #fail(ErrorType)}, of the type that the exception and its causes say; a cancellation is no error. */
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

    /** Ends the attempt because the caller gave up on it, which is no error. */
    public void cancel() {
        end(CallEnd.CANCELLED);
    }

    /** Ends an attempt that was not ended otherwise: an error of type {@link ErrorType#OTHER}, and counted as unclosed. */
    @Override
    public void close() {
        closeOnce(); // so short that it is inlined after a throw as well: see EndsOnce
    }

    private void closeOnce() {
        if (end()) {
            Apart.brokeOff(meter, LlmEnds.UNCLOSED, startTick, begun, lastTick, usage);
        }
    }

    private boolean arrived() {
        if (hasEnded()) {
            return false;
        }
        int now = tickOf(meter.nanoTime());
        if (begun) {
            meter.streams().gap(nanosBetween(lastTick, now));
        } else {
            firstTick = now;
            Apart.first(meter.streams(), nanosBetween(startTick, now));
        }
        lastTick = now;
        begun = true;
        return true;
    }

    /** {@return what was used}: as the end says, or as was kept before. */
    private @Nullable Usage known(@Nullable Usage total) {
        return total == null ? usage : total;
    }

    private void succeeded(@Nullable Usage used) {
        meter.succeeded(elapsedNanos(), used);
        if (chunks > 1) { // one tells no pace
            recordPace(used);
        }
    }

    /** Has at most 35 bytes of bytecode: HotSpot inlines no more of what is not frequent, and many answers have one chunk. */
    private void recordPace(@Nullable Usage used) {
        Apart.whole(meter.streams(), nanosBetween(paceTick(used), lastTick), visibleTokens(used, chunks));
    }

    private void end(CallEnd how) {
        if (end()) {
            boolean began = begun;
            Apart.brokeOff(meter, began ? afterChunks(how) : how, startTick, began, lastTick, usage);
        }
    }

    private static CallEnd afterChunks(CallEnd how) {
        boolean saysLittle = how.errorType() == ErrorType.OTHER || how.errorType() == ErrorType.NETWORK;
        return saysLittle ? CallEnd.failed(ErrorType.STREAM_INTERRUPTED) : how;
    }

    /** Records a stream that led to nothing. An answer that broke off was paid for; one that never began may have been. */
    static void brokeOff(
            LlmMeter meter, CallEnd how, int startTick, boolean begun, int lastTick, @Nullable Usage used) {
        int now = tickOf(meter.nanoTime());
        meter.failed(nanosBetween(startTick, now), how);
        if (begun) {
            meter.streams().gap(nanosBetween(lastTick, now));
        }
        if (begun || used != null) {
            meter.wasted(used, how.errorType() == null);
        }
    }

    /** {@return since when the tokens have come that are counted}: without the reasoning, or all */
    private int paceTick(@Nullable Usage used) {
        return used == null || used.reasoningTokens() > 0 ? shownTick : firstTick;
    }

    /** {@return how many tokens the reader sees}; 0 where the usage cannot be true, which tells no pace */
    private static long visibleTokens(@Nullable Usage used, int chunks) {
        if (used == null) {
            return chunks;
        }
        boolean believed = LlmTokens.believes(used.completionTokens());
        return believed ? used.completionTokens() - Math.max(0, used.reasoningTokens()) : 0;
    }

    private long elapsedNanos() {
        return nanosBetween(startTick, tickOf(meter.nanoTime()));
    }

    private static int tickOf(long nanoTime) {
        return (int) Math.floorDiv(nanoTime, TICK_NANOS); // turns over: only differences are taken
    }

    private static long nanosBetween(int from, int to) {
        return (to - from) * TICK_NANOS;
    }
}
