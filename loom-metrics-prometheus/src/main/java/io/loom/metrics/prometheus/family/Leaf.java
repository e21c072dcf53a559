package io.loom.metrics.prometheus.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run of series in the order of their encoded labels, which are kept as {@link FrontCoding} has it. Immutable.
 *
 * @param series in the order of their labels
 * @param labels all labels, coded
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Leaf(Samples[] series, byte[] labels) {
    static final Leaf EMPTY = of(List.of(), List.of());

    private static Leaf of(List<Samples> series, List<byte[]> labels) {
        return new Leaf(series.toArray(Samples[]::new), FrontCoding.encode(labels));
    }

    int size() {
        return series.length;
    }

    Samples at(int index) {
        return series[index];
    }

    /** {@return the sum of what its series {@link Samples#peek} at} */
    long peek(FamilyType type) {
        long sum = 0;
        for (Samples each : series) {
            sum += Calls.peek(type, each);
        }
        return sum;
    }

    byte[] labelsAt(int index) {
        return decoded().get(index);
    }

    /** {@return the index of these labels, or where they would be inserted: as {@link Arrays#binarySearch}} */
    int indexOf(byte[] wanted) {
        Labels walk = new Labels();
        walk.enter(labels);
        for (int i = 0; i < series.length; i++) {
            walk.next();
            int order = walk.compareTo(wanted);
            if (order >= 0) {
                return order == 0 ? i : -i - 1;
            }
        }
        return -series.length - 1;
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

    /** {@return where the series begin that come after the one that was shown last} */
    int firstAfter(Labels shown) {
        if (series.length == 0 || shown.comeBefore(labels)) {
            return 0;
        }
        int at = indexOf(shown.toBytes());
        return at < 0 ? -at - 1 : at + 1;
    }

    Leaf replaced(int index, Samples by) {
        Samples[] replaced = series.clone();
        replaced[index] = by;
        return new Leaf(replaced, labels);
    }

    Leaf inserted(int index, byte[] newLabels, Samples added) {
        List<Samples> allSeries = new ArrayList<>(Arrays.asList(series));
        List<byte[]> allLabels = decoded();
        allSeries.add(index, added);
        allLabels.add(index, newLabels);
        return of(allSeries, allLabels);
    }

    Leaf without(int index) {
        List<Samples> allSeries = new ArrayList<>(Arrays.asList(series));
        List<byte[]> allLabels = decoded();
        allSeries.remove(index);
        allLabels.remove(index);
        return of(allSeries, allLabels);
    }

    Leaf range(int from, int to) {
        return of(Arrays.asList(series).subList(from, to), decoded().subList(from, to));
    }

    private List<byte[]> decoded() {
        return FrontCoding.decode(labels, series.length);
    }
}
