package io.loom.metrics.examples.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Room for so many requests at once; the next are refused, since waiting ones would take the threads of {@code /metrics} and
 * {@code /health}. Thread-safe; nobody waits.
 */
final class Places {
    private static final String RETRY_SECONDS = "1";

    private final Semaphore free;

    Places(int count) {
        this.free = new Semaphore(count);
    }

    Route.Handler within(Route.Handler handler) {
        return (exchange, id) -> free.tryAcquire() ? handle(handler, exchange, id) : refuse(exchange);
    }

    private int handle(Route.Handler handler, HttpExchange exchange, String id) throws IOException {
        try {
            return handler.handle(exchange, id);
        } finally {
            free.release();
        }
    }

    private static int refuse(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        JsonHandler.send(exchange, Answer.failure(JsonHandler.UNAVAILABLE, "the service is busy; please try again"));
        return JsonHandler.UNAVAILABLE;
    }
}
