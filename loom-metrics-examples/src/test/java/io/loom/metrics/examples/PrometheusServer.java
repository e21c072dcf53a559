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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A real Prometheus that scrapes one service every second, under the job name {@code loom}, or several pages. */
final class PrometheusServer implements AutoCloseable {
    private final ChildProcess process;
    private final ServiceClient api;

    private PrometheusServer(ChildProcess process, ServiceClient api) {
        this.process = process;
        this.api = api;
    }

    static PrometheusServer start(Path program, Path directory, URI service) throws IOException {
        return start(program, directory, Map.of("loom", service.resolve("/metrics")));
    }

    /**
     * Starts one that scrapes several pages.
     *
     * @param pages by the name of their job
     * @param flags of the command line
     */
    static PrometheusServer start(Path program, Path directory, Map<String, URI> pages, String... flags)
            throws IOException {
        StringBuilder jobs = new StringBuilder();
        pages.forEach((job, page) -> jobs.append(job(job, page)));
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                scrape_configs:
                """ + jobs);
        String address = "127.0.0.1:" + freePort();
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=" + address));
        command.addAll(List.of(flags));
        return new PrometheusServer(
                ChildProcess.start(directory, command), new ServiceClient(URI.create("http://" + address)));
    }

    /** Returns as soon as Prometheus has scraped all its targets and found them well. */
    void awaitTarget() throws Exception {
        Eventually.holds("Prometheus calls its targets healthy", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Prometheus has ended: " + process.err());
            }
            return targetsAreUp();
        });
    }

    /** {@return what it tells about itself} */
    MetricsPage ownMetrics() throws IOException, InterruptedException {
        return api.metrics();
    }

    /** {@return the answer to a query, whatever it is} */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return api.get(path(expression)).json();
    }

    /** {@return the values of the series that a query finds} */
    List<Double> values(String expression) throws IOException, InterruptedException {
        return series(expression, query(expression))
                .map(PrometheusServer::value)
                .toList();
    }

    /**
     * {@return the value of each series that a query finds, by its labels}
     *
     * @param epochSeconds the moment that the query is about
     */
    Map<Map<String, String>, Double> valuesByLabels(String expression, double epochSeconds)
            throws IOException, InterruptedException {
        JsonNode answer = api.get(path(expression) + "&time=" + epochSeconds).json();
        Map<Map<String, String>, Double> values = new HashMap<>();
        series(expression, answer).forEach(series -> values.put(labels(series), value(series)));
        return values;
    }

    /** {@return the exemplars of the series that a query names, of the last hour} */
    List<JsonNode> exemplars(String expression) throws IOException, InterruptedException {
        long now = System.currentTimeMillis() / 1_000;
        JsonNode answer = api.get("/api/v1/query_exemplars?query="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&start=" + (now - 3_600) + "&end="
                        + (now + 60))
                .json();
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        List<JsonNode> exemplars = new ArrayList<>();
        answer.path("data").forEach(series -> series.path("exemplars").forEach(exemplars::add));
        return exemplars;
    }

    @Override
    public void close() {
        process.close();
    }

    private static String path(String expression) {
        return "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    private static Stream<JsonNode> series(String expression, JsonNode answer) {
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return StreamSupport.stream(answer.path("data").path("result").spliterator(), false);
    }

    private static Map<String, String> labels(JsonNode series) {
        Map<String, String> labels = new HashMap<>();
        series.path("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static double value(JsonNode series) {
        return Double.parseDouble(series.path("value").path(1).asText().replace("+Inf", "Infinity"));
    }

    private static String job(String name, URI page) {
        return """
                  - job_name: %s
                    metrics_path: %s
                    static_configs:
                      - targets: ["%s"]
                """.formatted(name, page.getPath(), page.getAuthority());
    }

    private boolean targetsAreUp() throws InterruptedException {
        try {
            List<JsonNode> targets = StreamSupport.stream(
                            api.get("/api/v1/targets")
                                    .json()
                                    .at("/data/activeTargets")
                                    .spliterator(),
                            false)
                    .toList();
            return !targets.isEmpty()
                    && targets.stream()
                            .allMatch(target -> target.path("health").asText().equals("up"));
        } catch (IOException e) {
            return false; // it is not listening yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
