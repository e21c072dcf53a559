package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.promql.ForeignMetrics;
import io.loom.metrics.examples.promql.KnownMetric;
import io.loom.metrics.examples.promql.KnownMetric.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit asks of the node exporter's metrics and of Prometheus's own is on their pages. */
class ForeignMetricsIT {
    @TempDir
    private static Path directory;

    @Test
    void metrics_ofOtherPrograms_areOnTheirPagesWithTheirLabels() throws Exception {
        Path program = StackProgram.require("prometheus");
        Path exporterProgram = StackProgram.require("prometheus-node-exporter");
        try (NodeExporter exporter = NodeExporter.start(exporterProgram, directory);
                PrometheusServer prometheus =
                        PrometheusServer.start(program, directory, Map.of("node-exporter", exporter.page()))) {
            prometheus.awaitTarget();

            assertOn(new ServiceClient(exporter.page()).metrics(), ForeignMetrics.of(Source.NODE_EXPORTER));
            assertOn(
                    prometheus.ownMetrics(),
                    ForeignMetrics.of(Source.PROMETHEUS).stream()
                            .filter(metric -> metric.name().startsWith("prometheus_"))
                            .toList());
        }
    }

    private static void assertOn(MetricsPage page, List<KnownMetric> metrics) {
        assertThat(metrics)
                .hasSizeGreaterThan(2)
                .allSatisfy(metric -> assertThat(page.samples())
                        .filteredOn(sample -> sample.name().equals(metric.name()))
                        .isNotEmpty()
                        .allSatisfy(sample -> assertThat(sample.labels())
                                .containsKeys(metric.ownLabels().toArray(String[]::new))));
    }
}
