package io.loom.metrics.prometheus.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP server for a registry's page, or for a whole {@link MonitoringSite}.
 *
 * <pre>{@code
 * try (MetricsServer server = MetricsServer.builder(registry).port(9464).start()) { … }
 * }</pre>
 *
 * <p>It serves 256 connections at once, each for 30 seconds at most, unless other limits are set. What the JDK's server does
 * before it calls a handler is governed by system properties. They hold for the whole process, so they are the caller's to set:
 *
 * <ul>
 *   <li>{@code sun.net.httpserver.maxReqTime}: for how many seconds a client may send its headers. There is no limit unless it
 *       is set, and such a client takes one of the 256.
 *   <li>{@code sun.net.httpserver.maxReqHeaderSize}: how many bytes of headers are read. A request with more, 380 KiB unless it is
 *       set, is closed without an answer.
 *   <li>{@code jdk.httpserver.maxConnections}: how many connections may be open. Those that are silent are not among the 256.
 *   <li>{@code sun.net.httpserver.nodelay=true}: an answer is not held back for 40 ms.
 * </ul>
 *
 * <p>Thread-safe. Closing it frees the port and ends its threads; closing it again does nothing.
 */
public final class MetricsServer implements AutoCloseable {
    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final @Nullable ExecutorService ownThreads;
    private final @Nullable MonitoringSite site;
    private final URI uri;

    private MetricsServer(
            HttpServer server, @Nullable ExecutorService ownThreads, @Nullable MonitoringSite site, URI uri) {
        this.server = server;
        this.ownThreads = ownThreads;
        this.site = site;
        this.uri = uri;
    }

    /** {@return a builder: loopback, any free port, path {@code /metrics}} */
    public static MetricsServerBuilder builder(LoomPrometheusRegistry registry) {
        return builder(MetricsPage.of(registry));
    }

    /** {@return a builder: loopback, any free port, path {@code /metrics}} */
    public static MetricsServerBuilder builder(MetricsPage page) {
        return new MetricsServerBuilder(page);
    }

    /** {@return a builder: loopback, any free port, the paths of {@code site}} Closing the server closes the site. */
    public static MetricsServerBuilder builder(MonitoringSite site) {
        return new MetricsServerBuilder(site);
    }

    static MetricsServer start(MetricsServerBuilder settings, InetSocketAddress address) throws IOException {
        HttpServer server = listen(address, settings.tls);
        Executor threads = settings.executor;
        ExecutorService ownThreads = null;
        if (threads == null) {
            ownThreads = ServerThreads.start("loom-metrics-http", settings.connections);
            threads = ownThreads;
        }
        server.setExecutor(new ConnectionLimit(threads, settings.connections));
        server.createContext(
                settings.site == null ? settings.path : "/",
                new MetricsHandler(settings.page, settings.answerLimit, settings.login));
        server.start();
        return new MetricsServer(server, ownThreads, settings.site, uri(settings, address, server));
    }

    private static HttpServer listen(InetSocketAddress address, @Nullable SSLContext tls) throws IOException {
        if (tls == null) {
            return HttpServer.create(address, SYSTEM_BACKLOG);
        }
        HttpsServer server = HttpsServer.create(address, SYSTEM_BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    private static URI uri(MetricsServerBuilder settings, InetSocketAddress address, HttpServer server) {
        String host = address.getHostString();
        return URI.create((settings.tls == null ? "http://" : "https://")
                + (host.contains(":") ? '[' + host + ']' : host)
                + ':'
                + server.getAddress().getPort()
                + settings.path);
    }

    /** {@return where the page of metrics is} */
    public URI uri() {
        return uri;
    }

    /** {@return the port that the server listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening, cuts what is being served, and ends the threads, unless they are the caller's. */
    @Override
    public void close() {
        server.stop(0);
        if (ownThreads != null) {
            ownThreads.shutdownNow();
        }
        if (site != null) {
            site.close();
        }
    }
}
