package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.loom.metrics.health.Health;
import io.loom.metrics.health.HealthResult;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages of a service, on each kind of server. */
class MonitoringSiteTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Health health =
            Health.builder().check("ink", () -> HealthResult.healthy("full")).build();
    private final Set<Thread> earlier = samplers();
    private final MonitoringSite site =
            MonitoringSite.builder(registry).health(health).dashboard().build();

    @AfterEach
    void close() {
        site.close();
        health.close();
    }

    @Test
    void paths_areThoseThatWereAskedFor() {
        assertThat(site.paths()).containsExactly("/api/v1/metrics", "/dashboard", "/health", "/metrics");
        assertThat(MonitoringSite.builder(registry).build().paths()).containsExactly("/metrics");
        try (MonitoringSite api = MonitoringSite.builder(registry).api().build()) {
            assertThat(api.paths()).containsExactly("/api/v1/metrics", "/metrics");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/health, application/json",
        "/health/live, application/json",
        "/health/ready, application/json",
        "/api/v1/metrics, application/json",
        "/api/v1/metrics/history, application/json",
        "/dashboard, text/html; charset=utf-8",
        "/dashboard/, text/html; charset=utf-8"
    })
    void get_isThePageAtThatPath(String path, String contentType) throws IOException {
        MetricsPage.Head head = answer("GET", path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().get("Content-Type")).isEqualTo(contentType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/metric",
                "/metricsx",
                "/metrics/x",
                "/healthy",
                "/health/x",
                "/api/v1",
                "/api/v1/metrics/x",
                "/dashboard/assets/..",
                "x/metrics"
            })
    void get_ofWhatIsNotThere_isNotFound(String path) throws IOException {
        assertThat(answer("GET", path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health", "/api/v1/metrics", "/dashboard"})
    void post_isNotAllowed(String path) throws IOException {
        MetricsPage.Head head = answer("POST", path);

        assertThat(head.status()).isEqualTo(405);
        assertThat(head.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void server_servesAllBehindOneLogin_andClosesTheSite() throws Exception {
        URI uri;
        Set<Thread> samplers = samplers();
        samplers.removeAll(earlier);
        assertThat(samplers).isNotEmpty();
        try (MetricsServer server =
                MetricsServer.builder(site).basicAuth("reader", "secret").start()) {
            uri = server.uri();
            String login = "Authorization: Basic "
                    + Base64.getEncoder().encodeToString("reader:secret".getBytes(StandardCharsets.UTF_8));
            for (String path : site.paths()) {
                assertThat(Wire.send(server.port(), "GET", path).status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(Wire.send(server.port(), "GET", path, login).status())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(Wire.send(server.port(), "GET", "/nothing").status()).isEqualTo(401);
            assertThat(Wire.send(server.port(), "GET", "/nothing", login).status())
                    .isEqualTo(404);
        }
        assertThat(uri.getPath()).isEqualTo("/metrics");
        Eventually.holds(() -> samplers.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void server_tellsAgainWhatDidNotChange_withoutABody() throws IOException {
        try (MetricsServer server = MetricsServer.builder(site).start()) {
            String path = "/dashboard/assets/dashboard.css";
            String tag = Wire.send(server.port(), "GET", path).header("ETag");

            Wire again = Wire.send(server.port(), "GET", path, "If-None-Match: " + tag);

            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();
        }
    }

    @Test
    void path_ofASiteIsItsOwn() {
        assertThatThrownBy(() -> MetricsServer.builder(site).path("/x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("path must not be set for a site, which has paths of its own: was \"/x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/loom"})
    void handler_servesAllBelowItsOwnPath(String mounted) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        server.setExecutor(threads);
        server.createContext(mounted, new MetricsHandler(site));
        server.start();
        try {
            String before = mounted.equals("/") ? "" : mounted;
            for (String path : site.paths()) {
                Wire wire = Wire.send(server.getAddress().getPort(), "GET", before + path);
                assertThat(wire.status()).as(path).isEqualTo(200);
            }
            assertThat(Wire.send(server.getAddress().getPort(), "GET", before + "/nothing")
                            .status())
                    .isEqualTo(404);
            assertThat(Wire.send(server.getAddress().getPort(), "GET", mounted + "x/metrics")
                            .status())
                    .isEqualTo(404);
            assertThat(Wire.send(server.getAddress().getPort(), "GET", "/loommetrics")
                            .status())
                    .isEqualTo(404);
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/loom/*"})
    void servlet_servesAllBelowItsMapping(String mapping, @TempDir Path directory) throws Exception {
        try (LocalTomcat tomcat = LocalTomcat.start(directory, new MonitoringServlet(site), mapping)) {
            int port = tomcat.port();
            String before = mapping.substring(0, mapping.length() - 2);
            for (String path : site.paths()) {
                assertThat(Wire.send(port, "GET", before + path).status())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(Wire.send(port, "GET", before + "/health/live").text()).contains("\"healthy\"");
            assertThat(Wire.send(port, "GET", before + "/nothing").status()).isEqualTo(404);
        }
    }

    @Test
    void servlet_onEachPathOfItsOwn_servesWhatIsBelow(@TempDir Path directory) throws Exception {
        try (LocalTomcat tomcat = LocalTomcat.start(directory, new MonitoringServlet(site), "/health/*")) {
            int port = tomcat.port();

            assertThat(Wire.send(port, "GET", "/health").status()).isEqualTo(200);
            assertThat(Wire.send(port, "GET", "/health/live").status()).isEqualTo(200);
            assertThat(Wire.send(port, "GET", "/metrics").status()).isEqualTo(404);
        }
    }

    private MetricsPage.Head answer(String method, String path) throws IOException {
        MetricsPage.Head[] begun = new MetricsPage.Head[1];
        site.answer(method, path, null, name -> null, head -> {
            begun[0] = head;
            return new ByteArrayOutputStream();
        });
        return begun[0];
    }

    private static Set<Thread> samplers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("loom-figures"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
