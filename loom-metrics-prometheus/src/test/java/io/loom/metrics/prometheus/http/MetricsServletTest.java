package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a real Tomcat. */
class MetricsServletTest {
    /** Held: the logging of the JDK forgets what nobody holds. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    static {
        LOG.setLevel(Level.OFF); // the refusals are made on purpose
    }

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private LocalTomcat tomcat;

    @BeforeEach
    void start(@TempDir Path directory) throws LifecycleException {
        tomcat = LocalTomcat.start(directory, new MetricsServlet(registry), "/metrics");
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
    }

    @Test
    void get_isThePageOfTheRegistry() throws IOException {
        registry.counter("drafts", "genre", "奇幻 🐉").increment();

        Wire wire = send("GET", "/metrics?name%5B%5D=drafts_total", "Accept: text/plain;version=0.0.4");

        assertThat(wire.status()).isEqualTo(200);
        assertThat(wire.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT))
                .isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(wire.header("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(wire.text()).isEqualTo("# TYPE drafts_total counter\ndrafts_total{genre=\"奇幻 🐉\"} 1\n");
    }

    @Test
    void get_forWhoTakesGzip_isCompressedAndTheSame() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            registry.counter("drafts", "number", Integer.toString(i)).increment(i);
        }

        Wire plain = send("GET", "/metrics?name%5B%5D=drafts");
        Wire gzip = send("GET", "/metrics?name%5B%5D=drafts", "Accept-Encoding: br", "Accept-Encoding: gzip");

        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.unzipped()).isEqualTo(plain.text());
        assertThat(TextPage.parse(plain.text()).samples()).hasSize(3_000);
    }

    @Test
    void scrapes_areTimed() throws IOException {
        send("GET", "/metrics");

        assertThat(send("GET", "/metrics").text())
                .contains("loom_metrics_scrape_duration_seconds_count{format=\"text\"} 1\n");
    }

    @Test
    void head_hasTheHeadersAndNoBody() throws IOException {
        Wire wire = send("HEAD", "/metrics");

        assertThat(wire.status()).isEqualTo(200);
        assertThat(wire.header("Content-Type")).startsWith("text/plain;");
        assertThat(wire.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void otherMethods_areNotAllowed(String method) throws IOException {
        Wire wire = send(method, "/metrics");

        assertThat(wire.status()).isEqualTo(405);
        assertThat(wire.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(wire.text()).isEqualTo("Only GET and HEAD are allowed here.\n");
    }

    @Test
    void queryThatIsBadlyEncoded_isABadRequestInOneLine() throws IOException {
        Wire wire = send("GET", "/metrics?name%5B%5D=%zz");

        assertThat(wire.status()).isEqualTo(400);
        assertThat(wire.text()).isEqualTo("The query must be URL-encoded: two hexadecimal digits follow each %.\n");
    }

    @ParameterizedTest
    @CsvSource({"/metrics?name%5B%5D=, ", "/metrics, X-Anything: "})
    void requestOfAMegabyte_isRefusedByTomcat(String target, String header) throws IOException {
        String megabyte = "a".repeat(1_000_000);

        Wire wire = header == null ? send("GET", target + megabyte) : send("GET", target, header + ": " + megabyte);

        assertThat(wire.status()).isEqualTo(400);
    }

    private Wire send(String method, String target, String... headers) throws IOException {
        return Wire.send(tomcat.port(), method, target, headers);
    }
}
