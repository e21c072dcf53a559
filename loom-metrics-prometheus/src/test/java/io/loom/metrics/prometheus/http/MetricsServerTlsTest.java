package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS and logins. */
class MetricsServerTlsTest {
    private static SSLContext keys;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @BeforeAll
    static void makeKeys(@TempDir Path directory) throws Exception {
        keys = TestKeys.selfSigned(directory);
    }

    @Test
    void get_overTls_isThePage() throws Exception {
        registry.counter("drafts").increment();
        try (MetricsServer server = MetricsServer.builder(registry).tls(keys).start();
                Socket socket = connect(server)) {
            Wire wire = Wire.send(socket, "GET", "/metrics");

            assertThat(server.uri()).isEqualTo(URI.create("https://127.0.0.1:" + server.port() + "/metrics"));
            assertThat(wire.status()).isEqualTo(200);
            assertThat(wire.text()).contains("drafts_total 1\n");
        }
    }

    @Test
    void client_thatDoesNotTrustTheKey_getsNothing() throws Exception {
        try (MetricsServer server = MetricsServer.builder(registry).tls(keys).start();
                Socket socket = SSLContext.getDefault()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThatThrownBy(() -> Wire.send(socket, "GET", "/metrics")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void client_withoutTls_getsNoPageAndHarmsNobody() throws Exception {
        try (MetricsServer server = MetricsServer.builder(registry).tls(keys).start()) {
            try (Socket plain = Sockets.connect(server.port())) {
                Sockets.send(plain, "GET /metrics HTTP/1.0\r\n\r\n");
                assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("200 OK");
            }
            try (Socket socket = connect(server)) {
                assertThat(Wire.send(socket, "GET", "/metrics").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void client_thatReadsNothingOverTls_isCutOff() throws Exception {
        LongPage.register(registry);
        try (MetricsServer server = MetricsServer.builder(registry)
                        .tls(keys)
                        .connections(1)
                        .answerLimit(Duration.ofMillis(500))
                        .start();
                Socket slow = connect(server)) {
            Sockets.send(slow, "GET /metrics HTTP/1.1\r\nHost: loom\r\n\r\n");
            assertThat(slow.getInputStream().read()).isEqualTo('H');

            Eventually.holds(() -> {
                try (Socket next = connect(server)) {
                    return Wire.send(next, "GET", "/metrics?name[]=none").status() == 200;
                } catch (IOException e) { // refused, while the first is being served
                    return false;
                }
            });
        }
    }

    @Test
    void login_ofTheRightUser_getsThePage() throws Exception {
        try (MetricsServer server = loginServer()) {
            assertThat(send(server, "Authorization: Basic " + base64("prometheus:s3cret"))
                            .status())
                    .isEqualTo(200);
            assertThat(send(server, "Authorization: Bearer t0ken").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-None: ", "Authorization: Basic cHJvbWV0aGV1czpzZWNyZXQ=", "Authorization: Bearer x"})
    void login_ofAnyoneElse_isUnauthorizedAndNoScrape(String header) throws Exception {
        boolean[] read = new boolean[1];
        Gauge.builder("secret", () -> {
                    read[0] = true;
                    return 1;
                })
                .register(registry);
        try (MetricsServer server = loginServer()) {
            Wire wire = send(server, header);

            assertThat(wire.status()).isEqualTo(401);
            assertThat(wire.header("WWW-Authenticate"))
                    .isEqualTo("Basic realm=\"metrics\", charset=\"UTF-8\", Bearer realm=\"metrics\"");
            assertThat(wire.text()).isEqualTo("Credentials are missing or wrong.\n");
            assertThat(read[0]).isFalse();
        }
    }

    @Test
    void login_isAskedForBeforeAnythingElseIsTold() throws Exception {
        try (MetricsServer server = loginServer()) {
            assertThat(Wire.send(server.port(), "POST", "/metrics").status()).isEqualTo(401);
            assertThat(Wire.send(server.port(), "GET", "/metrics/deep").status())
                    .isEqualTo(401);
            Wire head = Wire.send(server.port(), "HEAD", "/metrics");
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.body()).isEmpty();
        }
    }

    private MetricsServer loginServer() throws IOException {
        return MetricsServer.builder(registry)
                .basicAuth("prometheus", "s3cret")
                .bearerToken("t0ken")
                .start();
    }

    private static Wire send(MetricsServer server, String header) throws IOException {
        return Wire.send(server.port(), "GET", "/metrics", header);
    }

    /** Checks the name, too. */
    private static SSLSocket connect(MetricsServer server) throws IOException {
        SSLSocket socket = (SSLSocket) keys.getSocketFactory().createSocket("127.0.0.1", server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
