package io.loom.metrics.prometheus.cell;

/**
 * How finely a cell of exponential buckets divides, and how many of them it may show.
 *
 * @param schema to begin with, 0 to 8: each octave has 2<sup>schema</sup> buckets
 * @param maxBuckets when more have values, the schema becomes coarser by one, down to -4 if need be
 */
public record ExponentialLayout(int schema, int maxBuckets) {
    private static final int MAX_SCHEMA = 8;
    private static final int MIN_BUCKETS = 8;
    private static final int MAX_BUCKETS = 1_000;

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException where one is out of its range
     */
    public ExponentialLayout {
        if (schema < 0 || schema > MAX_SCHEMA) {
            throw new IllegalArgumentException(
                    "schema must be from 0 to " + MAX_SCHEMA + ": was " + schema + ". The larger, the finer.");
        }
        if (maxBuckets < MIN_BUCKETS || maxBuckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("maxBuckets must be from " + MIN_BUCKETS + " to " + MAX_BUCKETS
                    + ": was " + maxBuckets + ". 160 is usual.");
        }
    }
}
