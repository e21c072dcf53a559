package io.loom.metrics.prometheus.cell;

import java.util.Arrays;

/**
 * What was read from an {@link ExponentialCell}: buckets of one schema, in the order of their indexes, each with values in it. It
 * does not change until it reads again, and is meant to: once it is large enough it allocates nothing. Not thread-safe.
 */
public final class ExponentialBuckets {
    /** Values up to here are in the zero bucket: 2<sup>-128</sup>. */
    public static final double ZERO_THRESHOLD = 0x1p-128;

    private static final int SIZE = 64;
    private static final long POSITION = (1L << Integer.SIZE) - 1;

    private int schema;
    private long zeroCount;
    private long count;
    private int size;
    private int[] indexes = new int[SIZE];
    private long[] counts = new long[SIZE];
    private long[] order = new long[SIZE];
    private long[] unordered = new long[SIZE];

    /**
     * Reads a cell. The count is the sum of the very buckets that are read. From one read of a cell to the next, counts do not go
     * down, and the schema does not go up.
     */
    public void read(ExponentialCell cell) {
        ExponentialTable table = cell.coarsest();
        schema = table.schema();
        zeroCount = 0;
        count = 0;
        size = 0;
        for (ExponentialTable each = table; each != null; each = each.finer()) {
            each.read(this);
        }
        sort();
        merge(0);
        while (size > cell.layout().maxBuckets() && schema > ExponentialIndex.COARSEST) {
            merge(1);
            schema--;
        }
    }

    /** {@return how finely the buckets divide} */
    public int schema() {
        return schema;
    }

    /** {@return the count of values up to the threshold} */
    public long zeroCount() {
        return zeroCount;
    }

    /** {@return the count of all values} */
    public long count() {
        return count;
    }

    /** {@return the number of buckets that have values, without the zero bucket} */
    public int size() {
        return size;
    }

    /** {@return the index of a bucket at the schema, which says what values it has} */
    public int index(int position) {
        return indexes[position];
    }

    /** {@return the count of a bucket, not cumulative} */
    public long count(int position) {
        return counts[position];
    }

    void addZero(long added) {
        zeroCount += added;
        count += added;
    }

    /** Adds a bucket of a schema that is as fine as this one's, or finer. */
    void add(int index, int ofSchema, long added) {
        if (added == 0) {
            return;
        }
        if (size == indexes.length) {
            grow();
        }
        indexes[size] = ExponentialIndex.coarser(index, ofSchema - schema);
        counts[size++] = added;
        count += added;
    }

    private void grow() {
        int grown = 2 * size;
        indexes = Arrays.copyOf(indexes, grown);
        counts = Arrays.copyOf(counts, grown);
        order = new long[grown];
        unordered = new long[grown];
    }

    /** By longs that have the index in front and the position behind. */
    private void sort() {
        for (int i = 0; i < size; i++) {
            order[i] = ((long) indexes[i] << Integer.SIZE) | i;
            unordered[i] = counts[i];
        }
        Arrays.sort(order, 0, size);
        for (int i = 0; i < size; i++) {
            indexes[i] = (int) (order[i] >> Integer.SIZE);
            counts[i] = unordered[(int) (order[i] & POSITION)];
        }
    }

    /** Makes the buckets coarser, and one of those that are the same then. */
    private void merge(int coarserBy) {
        int merged = 0;
        for (int i = 0; i < size; i++) {
            int index = ExponentialIndex.coarser(indexes[i], coarserBy);
            if (merged > 0 && indexes[merged - 1] == index) {
                counts[merged - 1] += counts[i];
            } else {
                indexes[merged] = index;
                counts[merged++] = counts[i];
            }
        }
        size = merged;
    }
}
