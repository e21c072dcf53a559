package io.loom.metrics.prometheus.family;

import java.util.Arrays;

/**
 * A run of series in the order of their encoded labels, which follow each other in one array: whoever reads them in order waits
 * for memory once, not for each. Immutable.
 *
 * <pre>
 *   series [ a       | b        | c ]
 *   text     genre="a"genre="bb"genre="c"
 *   ends             ↑         ↑        ↑
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Leaf(Samples[] series, byte[] text, int[] ends) {
    static final Leaf EMPTY = new Leaf(new Samples[0], new byte[0], new int[0]);

    int size() {
        return series.length;
    }

    Samples at(int index) {
        return series[index];
    }

    /** {@return the sum of what its series {@link Samples#peek} at} */
    long peek() {
        long sum = 0;
        for (Samples each : series) {
            sum += each.peek();
        }
        return sum;
    }

    byte[] labels(int index) {
        return Arrays.copyOfRange(text, start(index), ends[index]);
    }

    void point(Labels labels, int index) {
        labels.point(text, start(index), ends[index]);
    }

    /** {@return the index of these labels, or where they would be inserted: as {@link Arrays#binarySearch}} */
    int indexOf(byte[] labels) {
        return indexOf(labels, 0, labels.length);
    }

    /** {@return the index of this very series, or -1} */
    @SuppressWarnings("ReferenceEquality") // not an equal one
    int indexOf(Samples wanted) {
        for (int i = 0; i < series.length; i++) {
            if (series[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** {@return where the series begin that come after the last of a leaf that was shown} */
    int firstAfter(Leaf shown) {
        if (shown.size() == 0 || size() == 0) {
            return 0;
        }
        int from = shown.start(shown.size() - 1);
        int to = shown.text.length;
        if (Arrays.compareUnsigned(text, 0, ends[0], shown.text, from, to) > 0) {
            return 0;
        }
        int at = indexOf(shown.text, from, to);
        return at < 0 ? -at - 1 : at + 1;
    }

    Leaf replaced(int index, Samples by) {
        Samples[] replaced = series.clone();
        replaced[index] = by;
        return new Leaf(replaced, text, ends);
    }

    Leaf inserted(int index, byte[] labels, Samples added) {
        return spliced(index, index, new Leaf(new Samples[] {added}, labels, new int[] {labels.length}));
    }

    Leaf without(int index) {
        return spliced(index, index + 1, EMPTY);
    }

    Leaf range(int from, int to) {
        int first = start(from);
        int[] cut = Arrays.copyOfRange(ends, from, to);
        for (int i = 0; i < cut.length; i++) {
            cut[i] -= first;
        }
        return new Leaf(Arrays.copyOfRange(series, from, to), Arrays.copyOfRange(text, first, start(to)), cut);
    }

    /** {@return this leaf with another in place of a range} */
    private Leaf spliced(int from, int to, Leaf by) {
        int rest = series.length - to;
        Samples[] all = Arrays.copyOf(series, from + by.size() + rest);
        System.arraycopy(by.series, 0, all, from, by.size());
        System.arraycopy(series, to, all, from + by.size(), rest);

        int head = start(from);
        int tail = text.length - start(to);
        byte[] allText = Arrays.copyOf(text, head + by.text.length + tail);
        System.arraycopy(by.text, 0, allText, head, by.text.length);
        System.arraycopy(text, start(to), allText, head + by.text.length, tail);

        int[] allEnds = Arrays.copyOf(ends, all.length);
        for (int i = 0; i < by.size(); i++) {
            allEnds[from + i] = head + by.ends[i];
        }
        for (int i = 0; i < rest; i++) {
            allEnds[from + by.size() + i] = ends[to + i] + allText.length - text.length;
        }
        return new Leaf(all, allText, allEnds);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private int indexOf(byte[] other, int from, int to) {
        int low = 0;
        int high = series.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(text, start(middle), ends[middle], other, from, to);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -(low + 1);
    }
}
