package io.loom.metrics.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.prometheus.http.DashboardPage;
import io.loom.metrics.prometheus.http.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service with the live page and the JSON that it reads; it can be stopped and started again where it was. */
final class DashboardStub implements AutoCloseable {
    /** As a proxy would that adds it to all paths. */
    static final String PREFIX = "/behind/a/proxy";

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int NO_BODY = -1;
    private static final JsonMapper JSON = new JsonMapper();

    private final StubFigures figures;
    private final DashboardPage page = DashboardPage.create();
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final InetSocketAddress address;
    private HttpServer server;
    private ExecutorService threads;
    private volatile Mood mood = Mood.FINE;
    private volatile int points;

    private DashboardStub(Duration age) throws IOException {
        this.figures = new StubFigures(Instant.now().minus(age));
        start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = server.getAddress();
    }

    /** Starts one that remembers the last five minutes. */
    static DashboardStub start() throws IOException {
        return start(Duration.ofMinutes(5));
    }

    static DashboardStub start(Duration age) throws IOException {
        return new DashboardStub(age);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    void mood(Mood mood) {
        this.mood = mood;
    }

    /** {@return all figures that were told, the last one last; without the history} */
    List<JsonNode> told() {
        return List.copyOf(told);
    }

    /** {@return how many points the last history had} */
    int points() {
        return points;
    }

    void startAgain() throws IOException {
        start(address);
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }

    private void start(InetSocketAddress at) throws IOException {
        server = HttpServer.create(at, 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        for (String prefix : List.of("", PREFIX)) {
            server.createContext(prefix + "/dashboard", closing(this::page));
            server.createContext(prefix + "/api/v1/metrics", closing(this::figures));
        }
        server.start();
    }

    private void page(HttpExchange exchange) throws IOException {
        boolean get = exchange.getRequestMethod().equals("GET");
        page.answer(
                exchange.getRequestMethod(),
                below(exchange),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders()::getFirst,
                head -> {
                    head.headers().forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(head.status(), get ? length(head) : NO_BODY);
                    return exchange.getResponseBody();
                });
    }

    private static long length(MetricsPage.Head head) {
        return head.status() == NOT_MODIFIED
                ? NO_BODY
                : Long.parseLong(head.headers().get("Content-Length"));
    }

    private void figures(HttpExchange exchange) throws IOException {
        String below = below(exchange);
        if (mood == Mood.BUSY) {
            send(exchange, UNAVAILABLE, JSON.valueToTree(Map.of("error", Map.of("status", UNAVAILABLE))));
        } else if (below.isEmpty()) {
            JsonNode now = inMood(figures.now(Instant.now()));
            told.add(now);
            send(exchange, OK, now);
        } else if (below.equals("/history")) {
            JsonNode history = inMood(figures.history(Instant.now()));
            points = history.path("times").size();
            send(exchange, OK, history);
        } else {
            send(exchange, NOT_FOUND, JSON.valueToTree(Map.of("error", Map.of("status", NOT_FOUND))));
        }
    }

    private JsonNode inMood(JsonNode answer) {
        switch (mood) {
            case FINE, BUSY -> {}
            case IGNORANT -> forget(answer);
            case NEWER -> ((ObjectNode) answer).put("version", 2);
        }
        return answer;
    }

    /** Leaves the members, but no number and no element of a list, but for times and versions. */
    private static void forget(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : List.copyOf(node.properties())) {
            JsonNode value = member.getValue();
            if (value.isNumber() && !List.of("version", "step_seconds").contains(member.getKey())) {
                ((ObjectNode) node).set(member.getKey(), NullNode.getInstance());
            } else if (value.isArray() && !member.getKey().equals("times")) {
                forget((ArrayNode) value);
            } else if (List.of("errors_per_second", "per_second").contains(member.getKey())) {
                ((ObjectNode) value).removeAll();
            } else {
                forget(value);
            }
        }
    }

    private static void forget(ArrayNode list) {
        boolean numbers = list.path(0).isNumber();
        int size = numbers ? list.size() : 0;
        list.removeAll();
        for (int i = 0; i < size; i++) {
            list.addNull();
        }
    }

    private static String below(HttpExchange exchange) {
        return exchange.getRequestURI()
                .getPath()
                .substring(exchange.getHttpContext().getPath().length());
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static HttpHandler closing(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        };
    }

    /** How the service answers. */
    enum Mood {
        FINE,
        /** By 503. */
        BUSY,
        /** With nothing known, as where there was no event yet. */
        IGNORANT,
        /** In a version that the page does not know. */
        NEWER
    }
}
