package io.loom.metrics;

import java.util.Map;

/**
 * How many distinct values the open labels may take.
 *
 * @param standard the budget of a label that has none of its own
 * @param special budgets by {@link #key}
 */
record Budgets(int standard, Map<String, Integer> special) {
    static final Budgets DEFAULT = new Budgets(200, Map.of());

    Budgets {
        special = Map.copyOf(special);
    }

    static String key(String meterName, String labelKey) {
        return meterName + ' ' + labelKey;
    }

    int of(String meterName, String labelKey) {
        return special.getOrDefault(key(meterName, labelKey), standard);
    }
}
