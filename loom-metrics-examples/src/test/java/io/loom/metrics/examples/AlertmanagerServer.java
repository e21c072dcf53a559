package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Alertmanager on loopback, alone. */
record AlertmanagerServer(ChildProcess process, URI uri) implements AutoCloseable {
    static AlertmanagerServer start(Path program, Path directory, String config) throws IOException {
        Path file = Files.writeString(directory.resolve("alertmanager.yml"), config);
        String address = "127.0.0.1:" + FreePort.next();
        List<String> command = List.of(
                program.toString(),
                "--config.file=" + file,
                "--storage.path=" + directory.resolve("alertmanager"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=");
        return new AlertmanagerServer(ChildProcess.start(directory, command), URI.create("http://" + address));
    }

    void awaitReady() throws Exception {
        Eventually.holds("Alertmanager is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Alertmanager has ended: " + process.err());
            }
            try {
                return new ServiceClient(uri).get("/-/ready").status() == 200;
            } catch (IOException e) {
                return false; // it is not listening yet
            }
        });
    }

    /** Tells it of alerts, as Prometheus does. */
    void tell(String alerts) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(alerts))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new AssertionError("Alertmanager answered " + status + " to " + alerts);
        }
    }

    /** {@return the state of each alert, {@code active} or {@code suppressed}, by the label {@code id}} */
    Map<String, String> states() throws IOException, InterruptedException {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode alert : new ServiceClient(uri).get("/api/v2/alerts").json()) {
            states.put(
                    alert.at("/labels/id").asText(), alert.at("/status/state").asText());
        }
        return states;
    }

    @Override
    public void close() {
        process.close();
    }
}
