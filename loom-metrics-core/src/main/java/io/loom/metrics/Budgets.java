package io.loom.metrics;

import io.loom.metrics.series.SeriesLimit;
import java.util.Map;

/**
 * How many distinct values the open labels may take, and how many series a meter may have.
 *
 * @param standard the budget of a label that has none of its own
 * @param special budgets by {@link #key}
 * @param series the series of a meter before its labels are folded
 */
record Budgets(int standard, Map<String, Integer> special, int series) {
    static final Budgets DEFAULT = new Budgets(200, Map.of(), 1_000);

    Budgets {
        special = Map.copyOf(special);
    }

    static String key(String meterName, String labelKey) {
        return meterName + ' ' + labelKey;
    }

    SeriesLimit seriesLimit() {
        return SeriesLimit.of(series);
    }

    int of(String meterName, String labelKey) {
        return special.getOrDefault(key(meterName, labelKey), standard);
    }
}
