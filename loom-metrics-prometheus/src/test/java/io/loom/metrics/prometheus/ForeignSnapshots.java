package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.exposition.TextPage;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;
import java.util.stream.Stream;

/** What collectors of others give, and what the page tells of them. */
final class ForeignSnapshots {
    private ForeignSnapshots() {}

    static void assertFailures(TextPage page, String collector, int failed, int late, int duplicate, int tooMany) {
        assertThat(Stream.of("failed", "late", "duplicate", "too_many_series").map(reason -> (int)
                        page.value("loom_metrics_collector_failures_total", "collector", collector, "reason", reason)))
                .as(collector)
                .containsExactly(failed, late, duplicate, tooMany);
    }

    static GaugeSnapshot gauge(String name, double value) {
        return new GaugeSnapshot(
                new MetricMetadata(name), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    static GaugeSnapshot labelled(String name, String label, double value) {
        return new GaugeSnapshot(
                new MetricMetadata(name), List.of(new GaugeDataPointSnapshot(value, Labels.of(label, "v"), null)));
    }

    static CounterSnapshot counter(String name, double value) {
        return new CounterSnapshot(
                new MetricMetadata(name), List.of(new CounterDataPointSnapshot(value, Labels.EMPTY, null, 0)));
    }
}
