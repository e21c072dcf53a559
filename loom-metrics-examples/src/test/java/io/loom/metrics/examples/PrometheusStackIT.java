package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service under traffic, and a real Prometheus that scrapes it: the guide's queries and alerts. */
class PrometheusStackIT {
    private static final String P95 =
            "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))";
    private static final String ERROR_SHARE =
            "sum(rate(http_requests_total{status=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m]))";
    private static final String MEMORY = "process_resident_memory_bytes{job=\"loom\"}";

    @TempDir
    private static Path directory;

    @AutoClose
    private static ServiceProcess service;

    @AutoClose
    private static PrometheusServer prometheus;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        service = ServiceProcess.start(directory, "--port=0", "--traffic", "--rate=100", "--latency-scale=0.05");
        prometheus = PrometheusServer.start(program, directory, service.awaitUri());
        prometheus.awaitTarget();
        Eventually.holds("Prometheus has seen stories being told", () -> told() > 0);
    }

    /** Awaited, as all queries of the present moment: on a busy machine a scrape may take longer than its second. */
    @Test
    void up_runningService_isOne() throws Exception {
        Eventually.holds(
                "the service is up", () -> prometheus.values("up{job=\"loom\"}").equals(List.of(1.0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up{job=\"loom\"}",
                "rate(http_requests_total[5m])",
                "histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))",
                "process_resident_memory_bytes",
                "loom_llm_requests_total"
            })
    void query_ofTheGuidesDashboard_hasData(String query) throws Exception {
        Eventually.holds(
                query + " has data", () -> prometheus.values(query).stream().anyMatch(value -> value > 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up{job=\"loom\"} == 0",
                "rate(http_requests_total{status=~\"5..\"}[5m]) / rate(http_requests_total[5m]) > 0.05",
                "histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 2",
                "process_resident_memory_bytes / 1024 / 1024 > 512"
            })
    void query_ofTheGuidesAlerts_isUnderstood(String expression) throws Exception {
        assertThat(prometheus.query(expression).path("status").asText()).isEqualTo("success");
    }

    @ParameterizedTest
    @ValueSource(strings = {ERROR_SHARE + " > 0.05", P95 + " > 2", MEMORY + " / 1024 / 1024 > 512"})
    void alert_healthyService_isSilent(String expression) throws Exception {
        assertThat(prometheus.values(expression)).isEmpty();
    }

    /** An alert is silent for want of data, too; these have it. */
    @ParameterizedTest
    @ValueSource(strings = {ERROR_SHARE, P95, MEMORY})
    void alert_healthyService_hasDataToBeSilentAbout(String expression) throws Exception {
        Eventually.passes(() -> assertThat(prometheus.values(expression))
                .singleElement()
                .satisfies(value -> assertThat(value).isNotNaN()));
    }

    @Test
    void residentMemory_runningService_isTheKernels() throws Exception {
        Eventually.holds("Prometheus and the kernel agree on the memory of the service", () -> {
            double resident = residentBytes();
            return prometheus.values("process_resident_memory_bytes").stream()
                    .anyMatch(scraped -> Math.abs(scraped - resident) < 0.1 * resident);
        });
    }

    private static double told() throws IOException, InterruptedException {
        return prometheus
                .values("sum(rate(http_requests_total{endpoint=\"/api/v1/generate\",status=\"200\"}[5m]))")
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static double residentBytes() throws IOException {
        return Files.readAllLines(
                        Path.of("/proc", Long.toString(service.process().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }
}
