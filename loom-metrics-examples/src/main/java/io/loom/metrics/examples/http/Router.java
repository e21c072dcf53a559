package io.loom.metrics.examples.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.loom.metrics.HttpMeters;
import io.loom.metrics.HttpRequest;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the route of each request, and meters the request by the route's template: never by its raw path. Requests to the API are
 * traced and logged, too. Thread-safe.
 */
public final class Router implements HttpHandler {
    /** The endpoint of all that no route serves. */
    public static final String NO_ROUTE = "other";

    /** What is not below it is asked for by machines, many times a minute. */
    private static final String API = "/api/";

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CLIENT_GONE = 499;

    private final List<Route> routes;
    private final HttpMeters meters;
    private final OpenTelemetry telemetry;

    /** Creates a router; where several routes would serve a request, the first does. */
    public Router(List<Route> routes, HttpMeters meters, OpenTelemetry telemetry) {
        this.routes = List.copyOf(routes);
        this.meters = meters;
        this.telemetry = telemetry;
    }

    @Override
    public void handle(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        Optional<Route> route = routes.stream()
                .filter(candidate -> candidate.serves(method) && candidate.matches(path))
                .findFirst();
        String endpoint = route.map(Route::template).orElse(NO_ROUTE);
        try (exchange) {
            if (endpoint.startsWith(API)) {
                traced(exchange, endpoint, path, route);
            } else {
                metered(exchange, endpoint, path, route);
            }
        }
    }

    private void traced(HttpExchange exchange, String endpoint, String path, Optional<Route> route) {
        try (RequestTrace trace = RequestTrace.start(telemetry, exchange, endpoint)) {
            trace.answered(metered(exchange, endpoint, path, route));
        }
    }

    private int metered(HttpExchange exchange, String endpoint, String path, Optional<Route> route) {
        try (HttpRequest request = meters.start(exchange.getRequestMethod(), endpoint)) {
            int status = answer(exchange, path, route);
            request.status(status);
            return status;
        }
    }

    private int answer(HttpExchange exchange, String path, Optional<Route> route) {
        try {
            if (route.isEmpty()) {
                return refuse(exchange, path);
            }
            return route.get().handler().handle(exchange, route.get().id(path).orElse(""));
        } catch (IOException e) {
            return CLIENT_GONE;
        }
    }

    private int refuse(HttpExchange exchange, String path) throws IOException {
        String allowed = routes.stream()
                .filter(route -> route.matches(path))
                .map(Route::method)
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            JsonHandler.send(exchange, Answer.failure(NOT_FOUND, "there is nothing here"));
            return NOT_FOUND;
        }
        exchange.getResponseHeaders().set("Allow", allowed);
        JsonHandler.send(exchange, Answer.failure(METHOD_NOT_ALLOWED, "only " + allowed + " is allowed here"));
        return METHOD_NOT_ALLOWED;
    }
}
