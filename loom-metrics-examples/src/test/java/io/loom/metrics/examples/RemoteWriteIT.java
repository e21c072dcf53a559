package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.deploy.ShippedConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, as {@code deploy/prometheus-longterm.yml} has it, and a real VictoriaMetrics, which is away for a while. */
class RemoteWriteIT {
    private static final String COUNTER =
            "http_requests_total{job=\"loom\",endpoint=\"/api/v1/generate\",status=\"200\"}";
    /** One a second, so that it is away for no less than five. */
    private static final int SCRAPES = 6;

    @TempDir
    private Path directory;

    @Test
    void samples_whileTheStoreIsDown_areThereWhenItIsBack() throws Exception {
        Path prometheusProgram = StackProgram.require("prometheus");
        Path exporterProgram = StackProgram.require("prometheus-node-exporter");
        Path storeProgram = StackProgram.require("victoria-metrics");
        Path own = Files.createDirectory(directory.resolve("store"));
        try (ServiceProcess service =
                        ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=50", "--latency-scale=0.01");
                NodeExporter exporter = NodeExporter.start(exporterProgram, directory);
                VictoriaMetrics store = VictoriaMetrics.start(storeProgram, own);
                // The last is closed first: Prometheus would wait for a store that is gone.
                PrometheusServer prometheus = PrometheusServer.start(
                        prometheusProgram, directory, config(service.awaitUri(), exporter.page(), store.writeUri()))) {
            prometheus.awaitTarget();
            Eventually.holds(
                    "the store has samples", () -> store.samples(COUNTER).size() > 1);

            store.stop();
            long stopped = prometheus.samples(COUNTER).lastKey();
            Eventually.holds(
                    "Prometheus has scraped while the store was down",
                    () -> prometheus.samples(COUNTER).tailMap(stopped + 1).size() >= SCRAPES);
            store.startAgain();
            SortedMap<Long, Double> scraped = prometheus.samples(COUNTER);

            Eventually.holds(
                    "the store has caught up", () -> store.samples(COUNTER).containsKey(scraped.lastKey()));
            assertThat(scraped.lastKey() - stopped).isGreaterThanOrEqualTo(5_000);
            assertThat(store.samples(COUNTER)).containsAllEntriesOf(scraped);
        }
    }

    private static String config(URI service, URI exporter, URI store) throws IOException {
        return ShippedConfig.ofPrometheus("prometheus-longterm.yml")
                .with("loom:8000", service)
                .with("node-exporter:9100", exporter)
                .with("alertmanager:9093", URI.create("http://127.0.0.1:" + FreePort.next()))
                .with("victoria-metrics:8428", store)
                .scrapingEverySecond()
                .text();
    }
}
