package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.Race;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thousand scrapes, none of which ends before all have begun, while others record at full rate. */
@Isolated
class ConcurrentScrapesTest {
    private static final int SCRAPES = 1_000;
    private static final int RECORDERS = 2;
    private static final int SERIES = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Counter events = registry.counter("events");
    private final Timer timer = Timer.builder("timer")
            .serviceLevelObjectives(Buckets.HTTP.asDurations())
            .register(registry);
    private final MetricsPage page =
            MetricsPage.builder(registry).concurrentScrapes(SCRAPES).build();

    @ParameterizedTest
    @CsvSource({"identity, 64", "gzip, 80"})
    void scrapes_aThousandAtOnce_loseNothingAndAllocateLittle(String coding, int kilobytes) throws Exception {
        for (int i = 0; i < SERIES; i++) {
            registry.counter("drafts", "number", Integer.toString(i)).increment(i);
        }
        LoomMetrics.of(registry).http().register("GET", "/drafts");
        page.render(null, coding, List.of(), OutputStream.nullOutputStream()); // loads the classes
        Meeting[] pages = new Meeting[SCRAPES];
        CountDownLatch all = new CountDownLatch(SCRAPES);
        Arrays.setAll(pages, i -> new Meeting(all));
        long[] allocated = new long[SCRAPES];

        long recorded = recordDuring(() -> Race.run(SCRAPES, number -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            page.render(null, coding, List.of(), pages[number]);
            allocated[number] = THREADS.getCurrentThreadAllocatedBytes() - before;
        }));

        assertThat(Arrays.stream(allocated).max().orElseThrow())
                .as("bytes of a scrape")
                .isPositive()
                .isLessThan(kilobytes * 1_024L);
        double last = 0;
        for (int i = 0; i < SCRAPES; i++) {
            String text = pages[i].text(coding.equals("gzip"));
            assertThat(text).matches("(?s).*\ntimer_seconds_max [^ \n]+\n");
            assertThat(text.lines()
                            .filter(line -> line.startsWith("drafts_total"))
                            .count())
                    .isEqualTo(SERIES);
            if (i % 50 == 0) { // it takes its time
                last = Math.max(last, TextPage.parse(text).value("events_total"));
            }
        }
        TextPage after = TextPage.parse(registry.scrape());
        assertThat(last).isBetween(1.0, (double) recorded);
        assertThat(after.value("events_total")).isEqualTo((double) recorded);
        assertThat(after.value("timer_seconds_count")).isEqualTo((double) recorded);
        assertThat(after.value("loom_metrics_scrape_duration_seconds_count", "format", "text"))
                .isEqualTo(SCRAPES + 1);
    }

    /** {@return how often was recorded meanwhile} */
    private long recordDuring(Work work) throws Exception {
        ExecutorService recorders = Executors.newFixedThreadPool(RECORDERS);
        AtomicBoolean done = new AtomicBoolean();
        try {
            List<Future<Long>> counts = IntStream.range(0, RECORDERS)
                    .mapToObj(i -> recorders.submit(() -> recordUntil(done)))
                    .toList();
            work.run();
            done.set(true);
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get(1, TimeUnit.MINUTES);
            }
            return sum;
        } finally {
            done.set(true);
            recorders.shutdownNow();
        }
    }

    private long recordUntil(AtomicBoolean done) {
        long count = 0;
        while (!done.get()) {
            events.increment();
            timer.record(count % 1_000, TimeUnit.MICROSECONDS);
            count++;
        }
        return count;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /** Keeps what is written, once all others have begun to write as well. */
    private static final class Meeting extends OutputStream {
        private final CountDownLatch all;
        private final byte[] bytes = new byte[128 * 1024];
        private int count;

        private Meeting(CountDownLatch all) {
            this.all = all;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            if (count == 0) {
                meet();
            }
            System.arraycopy(from, at, bytes, count, length);
            count += length;
        }

        private void meet() throws IOException {
            all.countDown();
            try {
                if (!all.await(3, TimeUnit.MINUTES)) {
                    throw new IOException("not all scrapes have begun");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private String text(boolean zipped) throws IOException {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, count);
            return new String((zipped ? new GZIPInputStream(in) : in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
