package io.loom.metrics.prometheus.api;

import java.util.List;

/**
 * What a figure is about.
 *
 * @param values of the grouping's labels, in their order
 */
record Subject(Grouping grouping, List<String> values) {
    static final Subject ALL = new Subject(Grouping.ALL, List.of());

    /** {@return whether another one's first labels have these values} */
    boolean leads(Subject other) {
        return other.values.subList(0, values.size()).equals(values);
    }
}
