package io.loom.metrics.prometheus.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextRenderer;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Serves a registry's page from the JDK's HTTP server: GET and HEAD, on the very path that it is mounted on.
 *
 * <p>Thread-safe. Scrapes take no lock and do not wait for each other. How long they take is recorded in {@code
 * loom_metrics_scrape_duration_seconds}, and so shows from the next scrape on.
 */
public final class MetricsHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;

    private final LoomPrometheusRegistry registry;
    private final Timer duration;

    /** Creates a handler. */
    public MetricsHandler(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.duration = Timer.builder(LoomMeter.METRICS_SCRAPE_DURATION.meterName())
                .description(LoomMeter.METRICS_SCRAPE_DURATION.spec().help())
                .tag(LoomMeter.METRICS_SCRAPE_DURATION.labels().get(0).key(), "text")
                .serviceLevelObjectives(
                        LoomMeter.METRICS_SCRAPE_DURATION.spec().buckets().asDurations())
                .register(registry);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI()
                    .getPath()
                    .equals(exchange.getHttpContext().getPath())) {
                refuse(exchange, NOT_FOUND, "There is nothing here.");
            } else if (method.equals("GET")) {
                scrape(exchange);
            } else if (method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Type", TextRenderer.CONTENT_TYPE);
                exchange.sendResponseHeaders(OK, NO_BODY);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                refuse(exchange, METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed here.");
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        exchange.getResponseHeaders().set("Content-Type", TextRenderer.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, CHUNKED);
        registry.scrape(exchange.getResponseBody());
        duration.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] body = (reason + '\n').getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
