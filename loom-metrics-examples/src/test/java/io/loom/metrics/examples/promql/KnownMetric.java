package io.loom.metrics.examples.promql;

import java.util.Map;
import java.util.Set;

/**
 * A metric that a query may name.
 *
 * @param name its name on a Prometheus page, without the suffixes of a histogram's samples
 * @param source whose it is
 * @param meaning one sentence
 * @param labels its labels, with those that Prometheus adds to all samples of a target
 * @param values of some labels all that there can be
 */
public record KnownMetric(
        String name, Source source, String meaning, Set<String> labels, Map<String, Set<String>> values) {
    public KnownMetric {
        labels = Set.copyOf(labels);
        values = Map.copyOf(values);
    }

    /** {@return the labels on its own page} */
    public Set<String> ownLabels() {
        return Labels.of(labels).without(Labels.OF_A_TARGET).names();
    }

    /** Whose a metric is. */
    public enum Source {
        CATALOGUE,
        RULES,
        PROMETHEUS,
        MICROMETER,
        NODE_EXPORTER,
        CADVISOR
    }
}
