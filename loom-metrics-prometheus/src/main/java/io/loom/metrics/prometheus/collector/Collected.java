package io.loom.metrics.prometheus.collector;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a collector gave, and what is wrong with it. */
record Collected(List<MetricSnapshot> snapshots, List<Failure> failures) {
    static Collected nothing(CollectorFailure kind, @Nullable Object what) {
        return new Collected(List.of(), List.of(new Failure(kind, what)));
    }

    record Failure(CollectorFailure kind, @Nullable Object what) {}
}
