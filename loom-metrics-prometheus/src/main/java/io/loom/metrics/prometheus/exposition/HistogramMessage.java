package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.cell.ExponentialBuckets;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import org.jspecify.annotations.Nullable;

/** Fills the message {@code Histogram}. One for each scrape; not thread-safe. */
final class HistogramMessage {
    private static final int COUNT = 1;
    private static final int SUM = 2;
    private static final int BUCKET = 3;
    private static final int SCHEMA = 5;
    private static final int ZERO_THRESHOLD = 6;
    private static final int ZERO_COUNT = 7;
    private static final int POSITIVE_SPAN = 12;
    private static final int POSITIVE_DELTA = 13;
    private static final int EXEMPLARS = 16;

    // Bucket
    private static final int CUMULATIVE_COUNT = 1;
    private static final int UPPER_BOUND = 2;
    private static final int EXEMPLAR = 3;

    // BucketSpan
    private static final int OFFSET = 1;
    private static final int LENGTH = 2;

    /** So many empty buckets between two others take less room than another span. */
    private static final int MAX_EMPTY = 2;

    private final Message value;
    private final Message nested = new Message();
    private long[] counts = {};
    private double[] bounds = {};
    private @Nullable BucketTexts boundsOf;

    HistogramMessage(Message value) {
        this.value = value;
    }

    static double sum(HistogramCell cell) {
        return cell.layout().isNanos() ? Seconds.ofNanos(cell.sumNanos()) : cell.sumAmounts();
    }

    /** Adds what a summary has, too. */
    void countAndSum(long count, double sum) {
        value.uint(COUNT, count);
        value.number(SUM, sum);
    }

    /** Exemplars are where the buckets are; null for none. */
    void classic(HistogramCell cell, BucketTexts buckets, @Nullable ExemplarMessages exemplars) {
        long count = readBuckets(cell, buckets);
        countAndSum(count, sum(cell));
        addBuckets(buckets, count, exemplars);
    }

    /**
     * The count is that of the exponential buckets. Classic ones that were read later may have more. Exponential ones have no
     * places for exemplars, so without classic ones the histogram itself has them; null for none.
     */
    void exponential(
            HistogramCell cell,
            BucketTexts buckets,
            ExponentialBuckets exponential,
            @Nullable ExemplarMessages exemplars) {
        readBuckets(cell, buckets);
        countAndSum(exponential.count(), sum(cell));
        if (buckets.hasBounds()) {
            addBuckets(buckets, exponential.count(), exemplars);
        }
        value.sint(SCHEMA, exponential.schema());
        value.number(ZERO_THRESHOLD, ExponentialBuckets.ZERO_THRESHOLD);
        value.uint(ZERO_COUNT, exponential.zeroCount());
        addSpans(exponential);
        addDeltas(exponential);
        if (exemplars != null && !buckets.hasBounds()) {
            exemplars.addTo(value, EXEMPLARS, 0);
        }
    }

    /** Reads the cumulative counts; {@return the last} */
    private long readBuckets(HistogramCell cell, BucketTexts buckets) {
        if (boundsOf != buckets) {
            bounds = buckets.layout().upperBounds();
            counts = new long[buckets.size()];
            boundsOf = buckets;
        }
        cell.readBuckets(counts);
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i];
            counts[i] = count;
        }
        return count;
    }

    private void addBuckets(BucketTexts buckets, long count, @Nullable ExemplarMessages exemplars) {
        for (int i = 0; i < buckets.size(); i++) {
            boolean last = i == bounds.length;
            nested.clear();
            nested.uint(CUMULATIVE_COUNT, last ? count : Math.min(counts[i], count));
            nested.number(UPPER_BOUND, last ? Double.POSITIVE_INFINITY : bounds[i]);
            if (exemplars != null) {
                exemplars.addTo(nested, EXEMPLAR, i);
            }
            value.message(BUCKET, nested);
        }
    }

    private void addSpans(ExponentialBuckets exponential) {
        int begin = 0;
        int end = 0; // behind the span so far
        for (int i = 0; i < exponential.size(); i++) {
            int index = exponential.index(i);
            if (i == 0) {
                nested.clear();
                nested.sint(OFFSET, index);
                begin = index;
            } else if (index - end > MAX_EMPTY) {
                addSpan(end - begin);
                nested.sint(OFFSET, index - end);
                begin = index;
            }
            end = index + 1;
        }
        if (exponential.size() > 0) {
            addSpan(end - begin);
        }
    }

    private void addSpan(int length) {
        nested.uint(LENGTH, length);
        value.message(POSITIVE_SPAN, nested);
        nested.clear();
    }

    private void addDeltas(ExponentialBuckets exponential) {
        long before = 0;
        for (int i = 0; i < exponential.size(); i++) {
            int empty = i == 0 ? 0 : exponential.index(i) - exponential.index(i - 1) - 1;
            for (int j = 0; j < empty && empty <= MAX_EMPTY; j++) {
                value.sint(POSITIVE_DELTA, -before);
                before = 0;
            }
            value.sint(POSITIVE_DELTA, exponential.count(i) - before);
            before = exponential.count(i);
        }
    }
}
