package io.loom.metrics.examples.promql;

import java.util.Set;

/**
 * A metric that a query may name.
 *
 * @param name its name on a Prometheus page, without the suffixes of a histogram's samples
 * @param meaning one sentence
 * @param labels its labels, without those that Prometheus adds to all samples of a target
 */
public record KnownMetric(String name, String meaning, Set<String> labels) {
    public KnownMetric {
        labels = Set.copyOf(labels);
    }
}
