package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.http.MetricsPage;
import io.loom.metrics.prometheus.http.MetricsServer;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of a million series over HTTP: what the thread that serves it allocates does not grow with the page. */
class MillionSeriesIT {
    private static final int SERIES = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final AtomicLong ALLOCATED = new AtomicLong();
    private static final ExecutorService POOL = Executors.newSingleThreadExecutor();
    private static MetricsPage page;
    private static MetricsServer server;

    @BeforeAll
    static void start() throws IOException {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        for (int i = 0; i < SERIES; i++) {
            Counter.builder("drafts")
                    .tag("genre", "g" + i % 10)
                    .tag("number", Integer.toString(i))
                    .register(registry)
                    .increment(i);
        }
        page = MetricsPage.of(registry);
        server = MetricsServer.builder(page).executor(MillionSeriesIT::measured).start();
    }

    @AfterAll
    static void stop() {
        server.close();
        POOL.shutdownNow();
    }

    /** What is allocated is the JDK's own: it writes a number as text for each chunk of 4 KiB, and the first time it is cold. */
    @ParameterizedTest
    @CsvSource({"identity, 8192", "identity, 2048", "gzip, 512"})
    void scrape_ofAMillionSeriesOverHttp_streams(String coding, int kilobytes) throws Exception {
        ALLOCATED.set(0);
        HttpURLConnection connection = (HttpURLConnection) server.uri().toURL().openConnection();
        connection.setRequestProperty("Accept-Encoding", coding);
        connection.setRequestProperty("Connection", "close");
        long lines;
        try (InputStream body = connection.getInputStream()) {
            lines = count(coding.equals("gzip") ? new GZIPInputStream(body) : body);
        }
        Eventually.holds("the thread is done with it", () -> ALLOCATED.get() > 0);

        assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo(coding.equals("gzip") ? "gzip" : null);
        assertThat(lines).isGreaterThan(SERIES);
        assertThat(ALLOCATED.get()).as("bytes").isLessThan(kilobytes * 1_024L);
    }

    /** Our own share of it. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void render_ofAMillionSeries_allocatesItsBuffers(String coding) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        page.render(null, coding, List.of(), OutputStream.nullOutputStream());
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes").isLessThan(64 * 1_024L);
    }

    private static void measured(Runnable task) {
        POOL.execute(() -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            task.run();
            ALLOCATED.set(THREADS.getCurrentThreadAllocatedBytes() - before);
        });
    }

    private static long count(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1_024];
        long lines = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }
}
