package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.FunctionCounter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scraper may ask for, and what it gets, as it is on the wire. */
class MetricsServerWireTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        server = MetricsServer.builder(registry).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void get_forWhoTakesGzip_isCompressedAndTheSame() throws IOException {
        registerMany();

        Wire plain = send("GET", "/metrics?name[]=drafts");
        Wire gzip = send("GET", "/metrics?name[]=drafts", "Accept-Encoding: br, gzip");

        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.header("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(gzip.unzipped()).isEqualTo(plain.text());
        assertThat(gzip.body().length).isLessThan(plain.body().length / 3);
        assertThat(TextPage.parse(plain.text()).samples()).hasSize(3_000);
    }

    @Test
    void get_forWhoTakesGzipButOfAShortPage_hasALength() throws IOException {
        registry.counter("drafts").increment();

        Wire wire = send("GET", "/metrics?name%5B%5D=drafts_total", "Accept-Encoding: gzip");

        assertThat(wire.header("Content-Encoding")).isNull();
        assertThat(wire.header("Content-Length")).isEqualTo("43");
        assertThat(wire.text()).isEqualTo("# TYPE drafts_total counter\ndrafts_total 1\n");
    }

    @Test
    void get_onAKeptConnection_isTheWholePageEachTime() throws IOException {
        registerMany();
        try (Socket socket = Sockets.connect(server.port())) {
            for (String coding : new String[] {"gzip", "identity", "gzip"}) {
                Sockets.send(
                        socket,
                        "GET /metrics?name[]=drafts HTTP/1.1\r\nHost: loom\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                assertThat(Chunks.read(socket.getInputStream())).hasSizeGreaterThan(3_000);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, Accept-Encoding: gzip;q=0", "2, Accept-Encoding: identity", "3, Accept-Encoding: deflate"})
    void get_forWhoDoesNotTakeGzip_isPlain(int number, String header) throws IOException {
        registerMany();

        assertThat(send("GET", "/metrics?name[]=drafts", header).text())
                .as("%d", number)
                .startsWith("# TYPE drafts_total counter\n");
    }

    @Test
    void get_withSeveralHeadersOfOneName_readsThemAsOne() throws IOException {
        registerMany();

        Wire wire = send("GET", "/metrics?name[]=drafts", "Accept-Encoding: br", "Accept-Encoding: gzip");

        assertThat(wire.header("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void get_ofNothing_isAnEmptyPage() throws IOException {
        Wire wire = send("GET", "/metrics?name[]=none", "Accept-Encoding: gzip");

        assertThat(wire.status()).isEqualTo(200);
        assertThat(wire.body()).isEmpty();
    }

    @Test
    void head_withAQuery_hasTheHeadersOfTheText() throws IOException {
        Wire wire = send("HEAD", "/metrics?name[]=a", "Accept-Encoding: gzip");

        assertThat(wire.status()).isEqualTo(200);
        assertThat(wire.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(wire.header("Vary")).isEqualTo("Accept, Accept-Encoding");
        assertThat(wire.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics/x, 404, There is nothing here.",
        "PATCH, /metrics, 405, Only GET and HEAD are allowed here.",
    })
    void refusals_areAStatusAndOneLine(String method, String target, int status, String line) throws IOException {
        Wire wire = send(method, target);

        assertThat(wire.status()).isEqualTo(status);
        assertThat(wire.text()).isEqualTo(line + '\n');
        assertThat(wire.header("Content-Length")).isEqualTo(Integer.toString(wire.body().length));
    }

    /** The JDK's server refuses it before it calls a handler. */
    @Test
    void queryThatIsBadlyEncoded_isABadRequest() throws IOException {
        assertThat(send("GET", "/metrics?name[]=%").status()).isEqualTo(400);
    }

    @Test
    void head_thatIsRefused_hasTheStatusAndNoBody() throws IOException {
        Wire wire = send("HEAD", "/metrics/x");

        assertThat(wire.status()).isEqualTo(404);
        assertThat(wire.header("Content-Length")).isEqualTo("23");
        assertThat(wire.body()).isEmpty();
    }

    @Test
    void queryOf100Kilobytes_isRefused() throws IOException {
        Wire wire = send("GET", "/metrics?name[]=" + "a".repeat(100_000));

        assertThat(wire.status()).isEqualTo(414);
        assertThat(wire.text()).isEqualTo("The query must have 65536 characters or less: it has 100007.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "Accept-Encoding", "Authorization", "X-Anything"})
    void headerOf100Kilobytes_isRefused(String name) throws IOException {
        Wire wire = send("GET", "/metrics", name + ": " + "a".repeat(100_000));

        assertThat(wire.status()).isEqualTo(431);
        assertThat(wire.text())
                .isEqualTo("All headers together must have 65536 characters or less: " + (100_000 + name.length())
                        + " were sent.\n");
    }

    @Test
    void headersThatAreManyAndLongTogether_areRefused() throws IOException {
        String[] headers = new String[150];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = "X-" + i + ": " + "a".repeat(1_000);
        }

        assertThat(send("GET", "/metrics", headers).status()).isEqualTo(431);
    }

    /** An error of the virtual machine goes through a scrape, as it must. */
    @Test
    void pageThatBreaksOff_isNotTakenForAWholeOne() throws Exception {
        registerMany();
        FunctionCounter.builder("last", registry, it -> {
                    throw new OutOfMemoryError("on purpose");
                })
                .register(registry);
        try (MetricsServer ownThreads = MetricsServer.builder(registry)
                        .executor(this::runQuietly)
                        .start();
                Socket socket = Sockets.connect(ownThreads.port())) {
            Sockets.send(socket, "GET /metrics HTTP/1.1\r\nHost: loom\r\n\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("Transfer-encoding: chunked");
            assertThat(answer).doesNotEndWith("0\r\n\r\n");
            assertThat(uncaught.take()).isInstanceOf(OutOfMemoryError.class).hasMessage("on purpose");
        }
    }

    private void runQuietly(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((ended, failure) -> uncaught.add(failure));
        thread.start();
    }

    private void registerMany() {
        for (int i = 0; i < 3_000; i++) {
            registry.counter("drafts", "number", Integer.toString(i)).increment(i);
        }
    }

    private Wire send(String method, String target, String... headers) throws IOException {
        return Wire.send(server.port(), method, target, headers);
    }
}
