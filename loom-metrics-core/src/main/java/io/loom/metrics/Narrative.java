package io.loom.metrics;

import io.loom.metrics.llm.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * A narrative that is being generated. The first end wins; closing one that has not ended counts it as failed for a reason that
 * nobody foresaw.
 *
 * <p>Thread-safe. Ending it never throws and takes no lock.
 */
public final class Narrative extends EndsOnce implements AutoCloseable {
    private final NarrativeMeters meters;
    private final NarrativeSeries series;
    private final long startNanos;

    Narrative(NarrativeMeters meters, NarrativeSeries series) {
        this.meters = meters;
        this.series = series;
        this.startNanos = meters.nanoTime();
    }

    /**
     * It is whole.
     *
     * @param words its length; a negative one is dropped and counted as rejected, and the narrative still counts
     */
    public void generated(long words) {
        if (end()) {
            Apart.generated(series, words, elapsedNanos());
        }
    }

    /**
     * It was cut off, by a limit of tokens most likely. Its words count, since a reader may have seen them.
     *
     * @param words its length; a negative one is dropped and counted as rejected, and the narrative still counts
     */
    public void truncated(long words) {
        if (end()) {
            Apart.truncated(series, words, elapsedNanos());
        }
    }

    /** There is none; null counts as {@link ErrorType#OTHER}. It is not timed: fast failures would flatter. */
    public void failed(@Nullable ErrorType type) {
        if (end()) {
            Apart.failed(series, type);
        }
    }

    /** There is one, but the story rules do not let it be shown. */
    public void rejected() {
        if (end()) {
            Apart.rejected(series);
        }
    }

    /** Ends a narrative that was not ended otherwise. */
    @Override
    public void close() {
        closeOnce(); // so short that it is inlined after a throw as well: see EndsOnce
    }

    private void closeOnce() {
        failed(ErrorType.OTHER);
    }

    private long elapsedNanos() {
        return meters.nanoTime() - startNanos;
    }
}
