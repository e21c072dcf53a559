package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good. Isolated, since they take hundreds of threads. */
@Isolated
class MetricsServerAbuseTest {
    private static final int SLOW = 200;

    /** But enough for the answer to begin, on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final String GET = "GET /metrics HTTP/1.1\r\nHost: loom\r\n\r\n";

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final List<Socket> slow = new CopyOnWriteArrayList<>();
    private final AtomicInteger drops = new AtomicInteger();
    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void leave() throws IOException {
        drip.shutdownNow();
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void clients_thatReadAByteASecond_doNotStopTheNext() throws Exception {
        LongPage.register(registry);
        registry.counter("drafts").increment();
        MetricsPage page =
                MetricsPage.builder(registry).concurrentScrapes(SLOW + 1).build();
        try (MetricsServer server = MetricsServer.builder(page).start()) {
            for (int i = 0; i < SLOW; i++) {
                slow.add(slowClient(server));
            }
            Future<?> dripping = drip.scheduleAtFixedRate(this::readAByteEach, 1, 1, TimeUnit.SECONDS);
            Eventually.holds(() -> drops.get() > 1);

            Wire next = Wire.send(server.port(), "GET", "/metrics?name[]=drafts");

            assertThat(next.text()).isEqualTo("# TYPE drafts_total counter\ndrafts_total 1\n");
            assertThat(dripping.isDone()).as("a byte could not be read").isFalse();
            slow.add(slowClient(
                    server)); // takes the last place, which shows that the next did not wait for one of the others
            Wire refused = Wire.send(server.port(), "GET", "/metrics");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.text())
                    .isEqualTo("201 scrapes are under way, which is the limit. Try again in a second.\n");
        }
    }

    @Test
    void client_thatIsNotDoneInTime_isCutOffAndHasNoWholePage() throws Exception {
        LongPage.register(registry);
        try (MetricsServer server = MetricsServer.builder(registry)
                .connections(1)
                .answerLimit(SHORT)
                .start()) {
            Socket client = slowClient(server);
            slow.add(client);

            awaitServed(server);

            assertThat(bytesUntilTheEnd(client.getInputStream())).isLessThan(LongPage.LENGTH);
        }
    }

    @Test
    void client_thatAnnouncesABodyAndSendsNone_isCutOff() throws Exception {
        try (MetricsServer server = MetricsServer.builder(registry)
                .connections(1)
                .answerLimit(SHORT)
                .start()) {
            Socket client = Sockets.connect(server.port());
            slow.add(client);
            Sockets.send(client, "POST /metrics HTTP/1.1\r\nHost: loom\r\nContent-Length: 1000\r\n\r\n");
            assertThat(client.getInputStream().read()).isEqualTo('H');

            awaitServed(server);
        }
    }

    @Test
    void connections_beyondTheLimit_areClosedWithoutAnAnswerUntilOneEnds() throws Exception {
        LongPage.register(registry);
        try (MetricsServer server =
                MetricsServer.builder(registry).connections(2).start()) {
            slow.add(slowClient(server));
            slow.add(slowClient(server));

            try (Socket third = Sockets.connect(server.port())) {
                assertThat(bytesUntilTheEnd(third, GET)).isZero();
            }
            slow.get(0).close();

            awaitServed(server);
        }
    }

    /**
     * What docs/endpoint.md says of a JVM without the property: the JDK's server writes nothing before it closes, so it is no answer
     * that a reset destroys. The shorter one is read almost to its end.
     */
    @ParameterizedTest
    @ValueSource(ints = {389_100, 1_000_000})
    void requestBeyondTheJdksOwnLimit_isClosedWithoutAnAnswer(int length) throws Exception {
        String text = "a".repeat(length);
        try (MetricsServer server = MetricsServer.builder(registry).start()) {
            for (String request : List.of(
                    "GET /metrics?name[]=" + text + " HTTP/1.0\r\n\r\n",
                    "GET /metrics HTTP/1.0\r\nX-Anything: " + text + "\r\n\r\n")) {
                try (Socket socket = Sockets.connect(server.port())) {
                    assertThat(firstLine(socket, request)).isEmpty();
                }
            }
            awaitServed(server);
        }
    }

    @Test
    void executor_ofTheCaller_servesAndIsNotEnded() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> new Thread(task, "the-callers"));
        try {
            String[] served = new String[1];
            Gauge.builder("thread", () -> {
                        served[0] = Thread.currentThread().getName();
                        return 1;
                    })
                    .register(registry);
            try (MetricsServer server =
                    MetricsServer.builder(registry).executor(threads).start()) {
                assertThat(Wire.send(server.port(), "GET", "/metrics").status()).isEqualTo(200);
            }
            assertThat(served[0]).isEqualTo("the-callers");
            assertThat(threads.isShutdown()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    /** {@return a client that has asked for the page, and read the first byte of its answer} */
    private static Socket slowClient(MetricsServer server) throws IOException {
        Socket socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        Sockets.send(socket, GET);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private void readAByteEach() {
        try {
            for (Socket socket : slow.subList(0, SLOW)) {
                assertThat(socket.getInputStream().read()).isNotNegative();
            }
            drops.incrementAndGet();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitServed(MetricsServer server) throws Exception {
        Eventually.holds(() -> {
            try {
                return Wire.send(server.port(), "GET", "/metrics?name[]=none").status() == 200;
            } catch (IOException | IllegalArgumentException e) { // closed without an answer
                return false;
            }
        });
    }

    private static String firstLine(Socket socket, String request) {
        try {
            Sockets.send(socket, request);
            byte[] answer = socket.getInputStream().readNBytes(64);
            return new String(answer, StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
        } catch (IOException e) { // reset
            return "";
        }
    }

    private static long bytesUntilTheEnd(Socket socket, String request) throws IOException {
        Sockets.send(socket, request);
        return bytesUntilTheEnd(socket.getInputStream());
    }

    private static long bytesUntilTheEnd(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException e) { // reset, which is an end as well
            return bytes;
        }
        return bytes;
    }
}
