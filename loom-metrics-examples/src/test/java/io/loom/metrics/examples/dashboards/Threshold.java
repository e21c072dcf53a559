package io.loom.metrics.examples.dashboards;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where on values have a colour.
 *
 * @param from in the panel's unit; null for all values below the others
 * @param color Grafana's name
 */
record Threshold(@Nullable Double from, String color) {
    private static final String GOOD = "green";
    private static final String BAD = "red";

    /** {@return no judgement} */
    static List<Threshold> none() {
        return List.of(new Threshold(null, "blue"));
    }

    /** {@return thresholds for values that must not reach {@code limit}} */
    static List<Threshold> below(double limit) {
        return List.of(new Threshold(null, GOOD), new Threshold(limit, BAD));
    }

    /** {@return thresholds for values that must be {@code floor} at least} */
    static List<Threshold> atLeast(double floor) {
        return List.of(new Threshold(null, BAD), new Threshold(floor, GOOD));
    }
}
