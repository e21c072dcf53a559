package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A real VictoriaMetrics, which can be stopped, and started again on the same address with the same data. */
final class VictoriaMetrics implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path program;
    private final Path directory;
    private final String address;
    private ChildProcess process;

    private VictoriaMetrics(Path program, Path directory, String address) throws Exception {
        this.program = program;
        this.directory = directory;
        this.address = address;
        this.process = launch();
    }

    static VictoriaMetrics start(Path program, Path directory) throws Exception {
        VictoriaMetrics store = new VictoriaMetrics(program, directory, "127.0.0.1:" + FreePort.next());
        store.awaitHealth();
        return store;
    }

    /** {@return where Prometheus writes to} */
    URI writeUri() {
        return URI.create("http://" + address + "/api/v1/write");
    }

    /**
     * Stores samples of any time.
     *
     * @param samples lines of the text format, with times in milliseconds
     */
    void store(String samples) throws IOException, InterruptedException {
        ServiceClient client = new ServiceClient(URI.create("http://" + address));
        int status = client.post("/api/v1/import/prometheus", samples).status();
        if (status != 204) {
            throw new AssertionError("VictoriaMetrics answered " + status);
        }
        client.get("/internal/force_flush");
    }

    /** {@return the value of the only series that a query finds} */
    double value(String expression) throws IOException, InterruptedException {
        String query = "/api/v1/query?nocache=1&query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return new ServiceClient(URI.create("http://" + address))
                .get(query)
                .json()
                .at("/data/result/0/value/1")
                .asDouble(Double.NaN);
    }

    /** {@return all samples of the only series of a selector, by their time in milliseconds} */
    SortedMap<Long, Double> samples(String selector) throws IOException, InterruptedException {
        ServiceClient client = new ServiceClient(URI.create("http://" + address));
        client.get("/internal/force_flush");
        String lines = client.get("/api/v1/export?match%5B%5D=" + URLEncoder.encode(selector, StandardCharsets.UTF_8))
                .body();
        SortedMap<Long, Double> samples = new TreeMap<>();
        for (String line : lines.lines().toList()) { // a long series comes in several
            JsonNode part = JSON.readTree(line);
            for (int i = 0; i < part.path("timestamps").size(); i++) {
                samples.put(
                        part.path("timestamps").get(i).asLong(),
                        part.path("values").get(i).asDouble());
            }
        }
        return samples;
    }

    /** Asks it to end, and waits: what it has is on disk then. */
    void stop() throws InterruptedException {
        process.terminate();
        process.exitCode();
        process.close();
    }

    void startAgain() throws Exception {
        process = launch();
        awaitHealth();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess launch() throws IOException {
        return ChildProcess.start(
                directory,
                List.of(
                        program.toString(),
                        "-httpListenAddr=" + address,
                        "-storageDataPath=" + directory.resolve("victoria"),
                        "-retentionPeriod=1y"));
    }

    private void awaitHealth() throws Exception {
        ServiceClient client = new ServiceClient(URI.create("http://" + address));
        Eventually.holds("VictoriaMetrics answers", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("VictoriaMetrics has ended: " + process.err());
            }
            try {
                return client.get("/health").status() == 200;
            } catch (IOException e) {
                return false; // it is not listening yet
            }
        });
    }
}
