package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;

/** Puts series onto a side's page. */
interface PageWriter {
    /** {@return the labels of all families} */
    static String[] keys() {
        return new String[] {"method", "endpoint", "shard"};
    }

    void counter(String family, String[] values, int count);

    void gauge(String family, String[] values, double value);

    /** A histogram, or a count and a sum where there are no buckets; with the maximum. */
    void timer(String family, String[] values, Buckets buckets, long[] elapsedNanos);
}
