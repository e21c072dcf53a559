package io.loom.metrics.examples.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with the names in one query. For one thread. */
final class Check {
    private final KnownMetrics metrics;
    private final List<String> faults = new ArrayList<>();

    Check(KnownMetrics metrics) {
        this.metrics = metrics;
    }

    Optional<KnownMetric> metric(String sample) {
        Optional<KnownMetric> metric = metrics.find(sample);
        require(metric.isPresent(), "there is no metric " + sample);
        return metric;
    }

    void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
