package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.Race;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void uri_ofAServerWithDefaults_isLoopbackAndTheFreePortThatItGot() throws IOException {
        try (MetricsServer server = start()) {
            assertThat(server.port()).isPositive();
            assertThat(server.uri()).isEqualTo(URI.create("http://127.0.0.1:" + server.port() + "/metrics"));
        }
    }

    @Test
    void get_metrics_isThePageOfTheRegistry() throws Exception {
        registry.counter("drafts", "genre", "奇幻 🐉").increment();
        try (MetricsServer server = start()) {
            Answer answer = Answer.to("GET", server.uri());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(withoutScrapeDuration(answer.body())).isEqualTo(withoutScrapeDuration(registry.scrape()));
            assertThat(answer.body()).contains("drafts_total{genre=\"奇幻 🐉\"} 1\n");
        }
    }

    @Test
    void get_pageOfManyBuffers_isWhole() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            registry.counter("drafts", "number", Integer.toString(i)).increment(i);
        }
        try (MetricsServer server = start()) {
            String body = Answer.to("GET", server.uri()).body();

            assertThat(withoutScrapeDuration(body)).isEqualTo(withoutScrapeDuration(registry.scrape()));
        }
    }

    @Test
    void get_withAQuery_isThePage() throws Exception {
        try (MetricsServer server = start()) {
            assertThat(Answer.to("GET", URI.create(server.uri() + "?name=a&b")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void get_twice_showsTheDurationOfTheFirstScrapeInTheSecond() throws Exception {
        try (MetricsServer server = start()) {
            TextPage first = TextPage.parse(Answer.to("GET", server.uri()).body());
            TextPage second = TextPage.parse(Answer.to("GET", server.uri()).body());

            assertThat(first.value("loom_metrics_scrape_duration_seconds_count", "format", "text"))
                    .isZero();
            assertThat(second.value("loom_metrics_scrape_duration_seconds_count", "format", "text"))
                    .isEqualTo(1);
            assertThat(second.value("loom_metrics_scrape_duration_seconds_sum", "format", "text"))
                    .isPositive();
        }
    }

    @Test
    void head_metrics_hasTheHeadersAndNoBodyAndIsNoScrape() throws Exception {
        try (MetricsServer server = start()) {
            Answer answer = Answer.to("HEAD", server.uri());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body()).isEmpty();
            assertThat(registry.scrape()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 0\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void otherMethods_areNotAllowed(String method) throws Exception {
        try (MetricsServer server = start()) {
            Answer answer = Answer.to(method, server.uri());

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.allow()).isEqualTo("GET, HEAD");
            assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.body()).isEqualTo("Only GET and HEAD are allowed here.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metricsfoo", "/metrics/x", "/metrics/"})
    void paths_thatOnlyBeginTheSame_areNotFound(String path) throws Exception {
        try (MetricsServer server = start()) {
            Answer answer = Answer.to("GET", server.uri().resolve(path));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.body()).isEqualTo("There is nothing here.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/favicon.ico", "/metric"})
    void paths_thatBeginOtherwise_areNotFound(String path) throws Exception {
        try (MetricsServer server = start()) {
            assertThat(Answer.to("GET", server.uri().resolve(path)).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/internal/page", "/metrics/"})
    void path_ofOnesOwn_isServed(String path) throws Exception {
        try (MetricsServer server = MetricsServer.builder(registry).path(path).start()) {
            assertThat(server.uri().getPath()).isEqualTo(path);
            assertThat(Answer.to("GET", server.uri()).status()).isEqualTo(200);
            assertThat(Answer.to("GET", server.uri().resolve("/metrics")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void wire_ofHttp10_endsWithTheBody() throws IOException {
        registry.counter("drafts").increment();
        try (MetricsServer server = start()) {
            assertThat(Sockets.request(server.port(), "GET", "/metrics"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsPattern("\r\n\r\n# TYPE drafts_total counter\ndrafts_total 1\n#");
        }
    }

    @Test
    void start_onAPortThatIsTaken_saysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatIOException()
                    .isThrownBy(() -> MetricsServer.builder(registry).port(port).start())
                    .withMessage("cannot listen on 127.0.0.1:" + port
                            + ": Address already in use. Choose another host or port; port 0 is any that is free.");
        }
    }

    @Test
    void start_onIpv6Loopback_isServedThere() throws Exception {
        assumeTrue(hasIpv6Loopback(), "this machine has no ::1");
        try (MetricsServer server = MetricsServer.builder(registry).host("::1").start()) {
            assertThat(server.uri().getHost()).startsWith("[").endsWith("1]");
            assertThat(Answer.to("GET", server.uri()).status()).isEqualTo(200);
        }
    }

    @Test
    void start_twoServersForOneRegistry_serveTheSamePage() throws Exception {
        registry.counter("drafts").increment();
        try (MetricsServer one = start();
                MetricsServer two = start()) {
            assertThat(withoutScrapeDuration(Answer.to("GET", one.uri()).body()))
                    .isEqualTo(withoutScrapeDuration(Answer.to("GET", two.uri()).body()));
        }
    }

    @Test
    void get_by50ClientsAtOnce_isThePageForEach() throws Exception {
        registry.counter("drafts").increment();
        try (MetricsServer server = start()) {
            Race.run(50, number -> {
                for (int i = 0; i < 5; i++) {
                    assertThat(Sockets.request(server.port(), "GET", "/metrics"))
                            .contains("200 OK", "drafts_total 1\n");
                }
            });
            assertThat(registry.scrape()).contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 250\n");
        }
    }

    @Test
    void client_thatLeavesInTheMiddleOfThePage_doesNoHarm() throws Exception {
        String description = "x".repeat(1_000_000);
        for (int i = 0; i < 12; i++) { // more than the buffers of both sockets hold
            Counter.builder("drafts." + i).description(description).register(registry);
        }
        try (MetricsServer server = start()) {
            try (Socket impatient = new Socket()) {
                impatient.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                impatient.setSoLinger(true, 0); // to close is to reset
                impatient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                Sockets.send(impatient, "GET /metrics HTTP/1.1\r\nHost: loom\r\n\r\n");
                assertThat(impatient.getInputStream().readNBytes(1_000)).hasSize(1_000);
            }

            String page = Answer.to("GET", server.uri()).body();
            assertThat(page.length()).isGreaterThan(12_000_000);
            assertThat(TextPage.parse(page).value("loom_metrics_scrape_duration_seconds_count", "format", "text"))
                    .as("the page that was cut off is no scrape")
                    .isZero();
        }
    }

    @Test
    void client_thatSaysNothing_doesNotHoldUpTheOthers() throws Exception {
        try (MetricsServer server = start();
                Socket silent = Sockets.connect(server.port())) {
            Sockets.send(silent, "GET /met");

            assertThat(Answer.to("GET", server.uri()).status()).isEqualTo(200);
        }
    }

    @Test
    void close_server_refusesConnectionsAndMayBeRepeated() throws IOException {
        MetricsServer server = start();
        server.close();
        server.close();

        assertThatThrownBy(() -> Sockets.request(server.port(), "GET", "/metrics"))
                .isInstanceOf(ConnectException.class);
    }

    private MetricsServer start() throws IOException {
        return MetricsServer.builder(registry).start();
    }

    private static String withoutScrapeDuration(String page) {
        return page.replaceAll("(?m)^.*loom_metrics_scrape_duration_seconds.*\n", "");
    }

    private static boolean hasIpv6Loopback() {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
