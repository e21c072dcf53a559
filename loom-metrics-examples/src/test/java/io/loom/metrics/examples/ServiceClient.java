package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a service over HTTP, as its users do. */
record ServiceClient(URI service) {
    static final String GENERATE = "/api/v1/generate";
    static final String WISH = "{\"genre\": \"fantasy\", \"prompt\": \"a lost dragon\"}";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Reply post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** Wishes for a story. */
    Reply generate() throws IOException, InterruptedException {
        return post(GENERATE, WISH);
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        return new Reply(CLIENT.send(request, BodyHandlers.ofString()));
    }

    MetricsPage metrics() throws IOException, InterruptedException {
        return get("/metrics").page();
    }

    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() throws IOException {
            return JSON.readTree(body());
        }

        /** {@return the body, if it is a page of metrics} */
        MetricsPage page() {
            return MetricsPage.of(body());
        }

        String text(String field) throws IOException {
            return json().path(field).asText();
        }
    }
}
