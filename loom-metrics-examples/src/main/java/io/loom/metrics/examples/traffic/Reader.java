package io.loom.metrics.examples.traffic;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One reader, who asks for stories, reads them, says what they are worth, leaves, and comes back. For one thread. */
final class Reader implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> GENRES =
            List.of("fantasy", "mystery", "romance", "science_fiction", "horror", "adventure");
    private static final List<String> REACTIONS =
            List.of("accept", "edit", "regenerate", "reject", "abandon", "copy", "share");
    private static final List<String> FAVOURITES =
            List.of("a homecoming", "a lost letter", "the last lamp", "two friends", "a long winter");
    private static final int MAX_STORIES = 6;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final URI service;
    private final HttpClient client;
    private final Pacer pacer;
    private final TrafficStats stats;
    private final RandomGenerator random;

    Reader(URI service, HttpClient client, Pacer pacer, TrafficStats stats, RandomGenerator random) {
        this.service = service;
        this.client = client;
        this.pacer = pacer;
        this.stats = stats;
        this.random = random;
    }

    /** Reads until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                visit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit() throws InterruptedException {
        String session = "";
        int stories = random.nextInt(1, MAX_STORIES);
        for (int i = 0; i < stories; i++) {
            JsonNode story = ask(session);
            if (story.isMissingNode()) {
                return;
            }
            session = story.path("session").asText();
            react(story.path("id").asText());
        }
        if (random.nextInt(10) > 0) { // the tenth just goes away
            send("DELETE", "/api/v1/sessions/" + session, "", OK);
        }
    }

    private JsonNode ask(String session) throws InterruptedException {
        if (random.nextInt(50) == 0) {
            send("POST", "/api/v1/generate", "{\"genre\": \"opera\"}", BAD_REQUEST);
        }
        String wish = pick(FAVOURITES) + (random.nextInt(3) == 0 ? "" : ", number " + random.nextInt(1_000_000));
        return send(
                "POST",
                "/api/v1/generate",
                json(Map.of("session", session, "genre", pick(GENRES), "prompt", wish)),
                OK);
    }

    private void react(String story) throws InterruptedException {
        String path = "/api/v1/stories/" + story;
        if (random.nextInt(50) == 0) {
            send("GET", "/stories/" + random.nextInt(1_000_000), "", NOT_FOUND);
        }
        send("GET", path, "", OK);
        send("POST", path + "/interactions", json(Map.of("type", pick(REACTIONS))), OK);
        if (random.nextInt(3) == 0) {
            int rating = Math.min(random.nextInt(2, 7), 5);
            send("POST", path + "/interactions", json(Map.of("type", "rate", "rating", rating)), OK);
        }
    }

    /** {@return the answer; an empty one where it is not as expected} */
    private JsonNode send(String method, String path, String body, int expected) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pacer.takeNanos(System.nanoTime()));
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == expected) {
                stats.answered(System.nanoTime() - start);
                return JSON.readTree(response.body());
            }
        } catch (IOException e) {
            // counted below, as an answer that was not expected
        }
        stats.failed();
        return JSON.missingNode();
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static String json(Map<String, Object> fields) {
        return JSON.valueToTree(fields).toString();
    }
}
