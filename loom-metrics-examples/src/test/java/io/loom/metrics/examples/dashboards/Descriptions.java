package io.loom.metrics.examples.dashboards;

import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetrics;
import java.util.stream.Collectors;

/** Says of a panel which metrics it shows, and what they mean, in Markdown. */
record Descriptions(KnownMetrics metrics) {
    String of(Panel panel) {
        String meanings = panel.targets().stream()
                .flatMap(target -> KnownMetrics.named(target.query().text()).stream())
                .map(sample -> known(panel, sample))
                .map(metric -> "- `" + metric.name() + "`: " + metric.meaning())
                .distinct()
                .collect(Collectors.joining("\n"));
        return panel.note().isEmpty() ? meanings : panel.note() + "\n\n" + meanings;
    }

    private KnownMetric known(Panel panel, String sample) {
        return metrics.find(sample)
                .orElseThrow(() -> new IllegalStateException("panel \"" + panel.title()
                        + "\" must show metrics of the catalogue or of foreign-metrics.txt: was " + sample));
    }
}
