package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler on a server of the caller's own. */
class MetricsHandlerTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.createContext("/admin/metrics", new MetricsHandler(registry));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void handler_mountedOnAPath_servesThatPathAlone() throws IOException {
        registry.counter("drafts").increment();

        assertThat(request("GET", "/admin/metrics"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("drafts_total 1\n");
        assertThat(request("GET", "/admin/metrics/deep")).startsWith("HTTP/1.1 404 Not Found");
        assertThat(request("GET", "/admin")).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void handler_madeTwiceForOneRegistry_sharesTheDurationOfScrapes() throws IOException {
        server.createContext("/second", new MetricsHandler(registry));

        request("GET", "/admin/metrics");
        request("GET", "/second");

        assertThat(registry.scrape()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 2\n");
    }

    @Test
    void handler_withoutARequest_showsTheDurationOfScrapesAtZero() {
        assertThat(registry.scrape())
                .contains("# HELP loom_metrics_scrape_duration_seconds Duration of rendering a scrape.\n")
                .contains("loom_metrics_scrape_duration_seconds_bucket{format=\"text\",le=\"5.0E-4\"} 0\n")
                .contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0\n");
    }

    private String request(String method, String path) throws IOException {
        return Sockets.request(server.getAddress().getPort(), method, path);
    }
}
