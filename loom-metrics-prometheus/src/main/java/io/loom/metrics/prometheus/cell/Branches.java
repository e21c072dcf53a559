package io.loom.metrics.prometheus.cell;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Lists of what else a cell reads, which only grow. They are arrays, for there is little, and they are read in every scrape. */
final class Branches {
    private Branches() {}

    static <T> T[] with(T @Nullable [] before, T added, IntFunction<T[]> newArray) {
        T[] after = before == null ? newArray.apply(1) : Arrays.copyOf(before, before.length + 1);
        after[after.length - 1] = added;
        return after;
    }
}
