package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** A real Prometheus that scrapes one service every second, under the job name {@code loom}. */
final class PrometheusServer implements AutoCloseable {
    private final ChildProcess process;
    private final ServiceClient api;

    private PrometheusServer(ChildProcess process, ServiceClient api) {
        this.process = process;
        this.api = api;
    }

    static PrometheusServer start(Path program, Path directory, URI service) throws IOException {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                scrape_configs:
                  - job_name: loom
                    metrics_path: /metrics
                    static_configs:
                      - targets: ["%s"]
                """.formatted(service.getAuthority()));
        String address = "127.0.0.1:" + freePort();
        ChildProcess process = ChildProcess.start(
                directory,
                List.of(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=" + address));
        return new PrometheusServer(process, new ServiceClient(URI.create("http://" + address)));
    }

    /** Returns as soon as Prometheus has scraped the service and found it well. */
    void awaitTarget() throws Exception {
        Eventually.holds("Prometheus calls its target healthy", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Prometheus has ended: " + process.err());
            }
            return targetHealth().equals("up");
        });
    }

    /** {@return the answer to a query, whatever it is} */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return api.get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .json();
    }

    /** {@return the values of the series that a query finds} */
    List<Double> values(String expression) throws IOException, InterruptedException {
        JsonNode answer = query(expression);
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return StreamSupport.stream(answer.path("data").path("result").spliterator(), false)
                .map(series ->
                        Double.valueOf(series.path("value").path(1).asText().replace("+Inf", "Infinity")))
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }

    private String targetHealth() throws InterruptedException {
        try {
            return api.get("/api/v1/targets")
                    .json()
                    .at("/data/activeTargets/0/health")
                    .asText();
        } catch (IOException e) {
            return "not listening yet";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
