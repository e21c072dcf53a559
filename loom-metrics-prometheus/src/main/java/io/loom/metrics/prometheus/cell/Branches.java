package io.loom.metrics.prometheus.cell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lists of cells that only grow. They are arrays, for there are few, and they are read in every scrape. */
final class Branches {
    private Branches() {}

    static HistogramCell[] with(HistogramCell @Nullable [] before, HistogramCell added) {
        if (before == null) {
            return new HistogramCell[] {added};
        }
        HistogramCell[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = added;
        return after;
    }
}
