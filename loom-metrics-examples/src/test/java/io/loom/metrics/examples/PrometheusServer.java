package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A real Prometheus that scrapes one service every second, under the job name {@code loom}, or several pages. */
final class PrometheusServer implements AutoCloseable {
    /** Where Prometheus listens unless it is told otherwise. */
    static final String ITSELF = "localhost:9090";

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
        return start(program, directory, """
                global:
                  scrape_interval: 1s
                scrape_configs:
                """ + jobs, flags);
    }

    /** Starts one with a configuration of the caller's own, in which {@link #ITSELF} is itself. */
    static PrometheusServer start(Path program, Path directory, String config, String... flags) throws IOException {
        String address = "127.0.0.1:" + FreePort.next();
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config.replace(ITSELF, address));
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=" + address));
        command.addAll(List.of(flags));
        return new PrometheusServer(
                ChildProcess.start(directory, command), new ServiceClient(URI.create("http://" + address)));
    }

    /**
     * Returns as soon as Prometheus has the pages of all its targets. That it calls them healthy is not enough: it says so just
     * before it stores what it found.
     */
    void awaitTarget() throws Exception {
        Eventually.holds("Prometheus has scraped all its targets", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Prometheus has ended: " + process.err());
            }
            return hasScrapedAll();
        });
    }

    /** Returns as soon as it answers, whether it has scraped anything or not. */
    void awaitReady() throws Exception {
        Eventually.holds("Prometheus is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Prometheus has ended: " + process.err());
            }
            try {
                return api.get("/-/ready").status() == 200;
            } catch (IOException e) {
                return false; // it is not listening yet
            }
        });
    }

    /** {@return how each job stands: its health and how often it is scraped, such as {@code up 30s}} */
    Map<String, String> jobs() throws IOException, InterruptedException {
        Map<String, String> jobs = new TreeMap<>();
        for (JsonNode target : api.get("/api/v1/targets").json().at("/data/activeTargets")) {
            jobs.put(
                    target.at("/labels/job").asText(),
                    target.path("health").asText()
                            + ' '
                            + target.path("scrapeInterval").asText());
        }
        return jobs;
    }

    /** {@return its host and port} */
    String address() {
        return api.service().getAuthority();
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
        series(expression, answer).forEach(series -> values.put(labels(series.path("metric")), value(series)));
        return values;
    }

    /**
     * {@return the moment of the last scrape of a job that went well, in seconds since the epoch}
     *
     * <p>On a busy machine, one may take longer than its second; then the page is not there at the present moment.
     */
    double lastScrape(String job) throws IOException, InterruptedException {
        SortedMap<Long, Double> scrapes = samples("up{job=\"" + job + "\"}");
        scrapes.values().removeIf(up -> up != 1);
        return scrapes.lastKey() / 1e3;
    }

    /**
     * {@return what the last scrape of a job found that went well, by name and labels, but for the labels of the target and what
     * Prometheus adds}
     *
     * @param except which names are left out, as a pattern
     */
    Map<Map<String, String>, Double> samples(String job, String except) throws IOException, InterruptedException {
        String query = "{job=\"%s\",__name__!~\"%s|up|scrape_.*\"}".formatted(job, except);
        Map<Map<String, String>, Double> samples = new HashMap<>();
        valuesByLabels(query, lastScrape(job)).forEach((labels, value) -> {
            labels.keySet().removeAll(List.of("job", "instance"));
            samples.put(comparable(labels), value);
        });
        return samples;
    }

    /** {@return labels with their bounds as numbers} Prometheus writes those of protobuf in its own way. */
    static Map<String, String> comparable(Map<String, String> labels) {
        Map<String, String> compared = new HashMap<>(labels);
        for (String bound : List.of("le", "quantile")) {
            compared.computeIfPresent(bound, (label, text) -> Double.toString(number(text)));
        }
        return compared;
    }

    /** {@return how many samples of its targets it has refused, by the reason: none where pages are as they should be} */
    Map<String, Double> refusedSamples() throws IOException, InterruptedException {
        MetricsPage own = ownMetrics();
        Map<String, Double> refused = new HashMap<>();
        for (String reason : List.of("duplicate_timestamp", "out_of_order", "out_of_bounds")) {
            String name = "prometheus_target_scrapes_sample_" + reason + "_total";
            if (own.has(name)) {
                refused.put(reason, own.sum(name));
            }
        }
        return refused;
    }

    /** {@return the exemplars that it has of the series that a selector finds} */
    List<Exemplar> exemplars(String selector) throws IOException, InterruptedException {
        Instant now = Instant.now();
        JsonNode answer = api.get("/api/v1/query_exemplars?query="
                        + URLEncoder.encode(selector, StandardCharsets.UTF_8)
                        + "&start=" + now.minus(Duration.ofHours(1)).getEpochSecond()
                        + "&end=" + now.plus(Duration.ofHours(1)).getEpochSecond())
                .json();
        List<Exemplar> exemplars = new ArrayList<>();
        for (JsonNode series : data(selector, answer)) {
            Map<String, String> seriesLabels = labels(series.path("seriesLabels"));
            for (JsonNode one : series.path("exemplars")) {
                double value = number(one.path("value").asText());
                double timestamp = one.path("timestamp").asDouble();
                exemplars.add(new Exemplar(seriesLabels, labels(one.path("labels")), value, timestamp));
            }
        }
        return exemplars;
    }

    /**
     * What leads from a series to a trace.
     *
     * @param series the labels of the series, its name and target among them
     * @param labels its own
     * @param timestamp in seconds since the epoch
     */
    record Exemplar(Map<String, String> series, Map<String, String> labels, double value, double timestamp) {}

    /** {@return the samples of the last five minutes of the only series that a selector finds, by their time in milliseconds} */
    SortedMap<Long, Double> samples(String selector) throws IOException, InterruptedException {
        SortedMap<Long, Double> samples = new TreeMap<>();
        query(selector + "[5m]")
                .at("/data/result/0/values")
                .forEach(sample -> samples.put(
                        Math.round(sample.path(0).asDouble() * 1e3),
                        sample.path(1).asDouble()));
        return samples;
    }

    @Override
    public void close() {
        process.close();
    }

    private static String path(String expression) {
        return "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    private static Stream<JsonNode> series(String expression, JsonNode answer) {
        return StreamSupport.stream(data(expression, answer).path("result").spliterator(), false);
    }

    private static JsonNode data(String expression, JsonNode answer) {
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.path("data");
    }

    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static double value(JsonNode series) {
        return number(series.path("value").path(1).asText());
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private static String job(String name, URI page) {
        return """
                  - job_name: %s
                    metrics_path: %s
                    static_configs:
                      - targets: ["%s"]
                """.formatted(name, page.getPath(), page.getAuthority());
    }

    private boolean hasScrapedAll() throws InterruptedException {
        try {
            int targets =
                    api.get("/api/v1/targets").json().at("/data/activeTargets").size();
            return targets > 0 && values("max_over_time(up[5m]) == 1").size() == targets;
        } catch (IOException e) {
            return false; // it is not listening yet
        }
    }
}
