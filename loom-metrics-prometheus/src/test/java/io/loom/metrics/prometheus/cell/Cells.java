package io.loom.metrics.prometheus.cell;

import java.util.Arrays;

/** What tests look at in cells. */
public final class Cells {
    private Cells() {}

    /** {@return the counts of all buckets, not cumulative} */
    public static long[] buckets(HistogramCell cell) {
        long[] buckets = new long[cell.layout().bucketCount()];
        Arrays.fill(buckets, -1); // what is read does not depend on what was there
        cell.readBuckets(buckets);
        return buckets;
    }
}
