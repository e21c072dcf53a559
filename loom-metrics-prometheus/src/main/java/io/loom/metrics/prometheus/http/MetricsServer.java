package io.loom.metrics.prometheus.http;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;

/**
 * A small HTTP server for a registry's page.
 *
 * <pre>{@code
 * try (MetricsServer server = MetricsServer.builder(registry).port(9464).start()) { … }
 * }</pre>
 *
 * <p>The JDK's server may hold an answer back for 40 ms; the system property {@code sun.net.httpserver.nodelay=true} prevents
 * it. It holds for the whole process, so it is the caller's to set.
 *
 * <p>Thread-safe. Closing it frees the port and ends its threads; closing it again does nothing.
 */
public final class MetricsServer implements AutoCloseable {
    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final ExecutorService threads;
    private final URI uri;

    private MetricsServer(HttpServer server, ExecutorService threads, URI uri) {
        this.server = server;
        this.threads = threads;
        this.uri = uri;
    }

    /** {@return a builder: loopback, any free port, path {@code /metrics}} */
    public static MetricsServerBuilder builder(LoomPrometheusRegistry registry) {
        return new MetricsServerBuilder(registry);
    }

    static MetricsServer start(LoomPrometheusRegistry registry, InetSocketAddress address, String path)
            throws IOException {
        HttpServer server = HttpServer.create(address, SYSTEM_BACKLOG);
        ExecutorService threads = ServerThreads.start("loom-metrics-http");
        server.setExecutor(threads);
        server.createContext(path, new MetricsHandler(registry));
        server.start();
        String host =
                address.getHostString().contains(":") ? '[' + address.getHostString() + ']' : address.getHostString();
        return new MetricsServer(
                server,
                threads,
                URI.create("http://" + host + ':' + server.getAddress().getPort() + path));
    }

    /** {@return where the page is} */
    public URI uri() {
        return uri;
    }

    /** {@return the port that the server listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening, cuts what is being served, and ends the threads. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
