package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.family.Families;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the families of several collectors together, so that no two have a name in common, nor their samples: the first one stays,
 * and ours are before all. One for each scrape; not thread-safe.
 */
final class Merger {
    private static final List<String> PLAIN = List.of("");
    private static final Map<Class<? extends MetricSnapshot>, List<String>> SUFFIXES = Map.of(
            CounterSnapshot.class, List.of("", "_total"),
            InfoSnapshot.class, List.of("", "_info"),
            SummarySnapshot.class, List.of("", "_count", "_sum"),
            HistogramSnapshot.class, List.of("", "_bucket", "_count", "_sum", "_gcount", "_gsum"));

    private final Families ours;
    private final Set<String> wanted;
    private final FailureListener listener;
    private final Set<String> taken = new HashSet<>();
    private final List<MetricSnapshot> merged = new ArrayList<>();

    /**
     * Creates a merger.
     *
     * @param wanted names of families or samples; empty for all
     */
    Merger(Families ours, Set<String> wanted, FailureListener listener) {
        this.ours = ours;
        this.wanted = wanted;
        this.listener = listener;
    }

    void add(String collector, List<MetricSnapshot> snapshots) {
        for (MetricSnapshot snapshot : snapshots) {
            Set<String> names = names(snapshot);
            if (names.stream().anyMatch(name -> taken.contains(name) || ours.hasName(name))) {
                listener.failed(
                        collector,
                        CollectorFailure.DUPLICATE,
                        snapshot.getMetadata().getName());
            } else {
                taken.addAll(names);
                if (wanted.isEmpty() || names.stream().anyMatch(wanted::contains)) {
                    merged.add(snapshot);
                }
            }
        }
    }

    /** All that a writer may call it and its samples: some take the name as the collector said it. */
    private static Set<String> names(MetricSnapshot snapshot) {
        MetricMetadata metadata = snapshot.getMetadata();
        Set<String> names = new HashSet<>();
        for (String suffix : SUFFIXES.getOrDefault(snapshot.getClass(), PLAIN)) {
            names.add(metadata.getPrometheusName() + suffix);
            names.add(metadata.getExpositionBasePrometheusName() + suffix);
        }
        return names;
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(merged);
    }
}
