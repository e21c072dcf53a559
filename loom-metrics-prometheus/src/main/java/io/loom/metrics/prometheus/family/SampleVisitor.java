package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.Copies;
import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import java.io.IOException;

/** What a renderer is told on a walk over the families. Labels are only good during the call. */
public interface SampleVisitor {
    /** A family begins; the samples that follow are its own. */
    void family(Family family) throws IOException;

    /** {@return whether it is shown series, too, that left the page since they are idle} */
    default boolean seesIdle() {
        return false;
    }

    /** The series whose samples follow is there since then; a format that has no word for that leaves it out. */
    default void created(long epochMillis) {}

    /**
     * The series whose samples follow has exemplars: a counter one, a histogram one for each bucket, or one where its buckets are
     * exponential only.
     */
    default void exemplars(Exemplars exemplars) {}

    /** {@return what this page has read of cells that several families show; {@link Copies#NONE} where all is read live} */
    default Copies copies() {
        return Copies.NONE;
    }

    /** A sample whose value is whole. */
    void sample(Labels labels, long value) throws IOException;

    /** A sample. */
    void sample(Labels labels, double value) throws IOException;

    /** A sample of a duration, to be shown in seconds. */
    void sampleNanos(Labels labels, long nanos) throws IOException;

    /** The samples of a histogram. */
    void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) throws IOException;

    /**
     * A histogram that goes up and down: its cumulative buckets, the last of which is its count, and its sum. Count and sum come
     * again as families of the type {@link FamilyType#GAUGE_HISTOGRAM_PART}.
     */
    void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) throws IOException;

    /**
     * The samples of a histogram that has exponential buckets, too. A format that does not know those shows the others, or a
     * summary where there are none.
     */
    default void nativeHistogram(Labels labels, HistogramCell cell, BucketTexts buckets, ExponentialCell exponential)
            throws IOException {
        if (buckets.hasBounds()) {
            histogram(labels, cell, buckets);
        } else {
            summary(labels, cell);
        }
    }

    /** A quantile of a summary; the samples of the summary follow. */
    void quantile(Labels labels, double quantile, double value) throws IOException;

    /** The samples of a summary in a cell: count and sum. */
    void summary(Labels labels, HistogramCell cell) throws IOException;

    /** The samples of a summary whose values come from functions. */
    void summary(Labels labels, long count, double sum) throws IOException;

    /** {@return the monotonic time of the scrape, in nanoseconds} */
    long nowNanos();
}
