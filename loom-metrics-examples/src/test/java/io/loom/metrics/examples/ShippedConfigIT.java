package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.deploy.ShippedConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with {@code deploy/prometheus.yml}, of which only addresses and paths are changed. */
class ShippedConfigIT {
    @TempDir
    private Path directory;

    @Test
    void jobs_all_areScrapedAsOftenAsTheGuideSays() throws Exception {
        Path program = StackProgram.require("prometheus");
        Path exporterProgram = StackProgram.require("prometheus-node-exporter");
        try (ServiceProcess service = ServiceProcess.start(directory, "--port=0", "--latency-scale=0.01");
                NodeExporter exporter = NodeExporter.start(exporterProgram, directory);
                PrometheusServer prometheus = PrometheusServer.start(
                        program,
                        directory,
                        ShippedConfig.ofPrometheus("prometheus.yml")
                                .with("loom:8000", service.awaitUri())
                                .with("node-exporter:9100", exporter.page())
                                .with("alertmanager:9093", URI.create("http://127.0.0.1:" + FreePort.next()))
                                .text())) {
            Map<String, String> expected = Map.of("loom", "up 30s", "prometheus", "up 30s", "node-exporter", "up 15s");
            prometheus.awaitReady();
            Eventually.holds("all jobs are healthy", () -> prometheus.jobs().equals(expected));
            prometheus.awaitTarget();

            assertThat(prometheus.values("sum by (job) (node_network_receive_bytes_total{job=\"node-exporter\"})"))
                    .hasSize(1);
            assertThat(prometheus.values("loom_build_info{job=\"loom\"}")).containsExactly(1.0);
            assertThat(prometheus.values("prometheus_build_info{job=\"prometheus\"}"))
                    .containsExactly(1.0);
        }
    }
}
