package io.loom.metrics.binder;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.testing.Rivals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server on a port of its own. */
final class TestHttpServer implements AutoCloseable {
    static final int NO_BODY = -1;
    static final int CHUNKED = 0;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(Rivals.THREADS);
    private final HttpClient client = HttpClient.newHttpClient();

    TestHttpServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    static HttpHandler answer(int status) {
        return exchange -> exchange.sendResponseHeaders(status, NO_BODY);
    }

    void serve(String context, HttpHandler handler, Filter... filters) {
        server.createContext(context, handler).getFilters().addAll(List.of(filters));
    }

    HttpServer server() {
        return server;
    }

    ExecutorService threads() {
        return threads;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** {@return the status of the answer} */
    int get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    int send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path), BodyHandlers.ofString()).statusCode();
    }

    CompletableFuture<Integer> getAsync(String path) {
        return client.sendAsync(request("GET", path), BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
