package io.loom.metrics.prometheus.flood;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loom.metrics.CounterFamily;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.Loggers;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures the heap and listens to a logger")
class FloodTest {
    private static final int THREADS = 8;
    private static final int EACH = 1_250_000;
    private static final int EACH_OF_FEW = 50_000;
    private static final int TIERS = 4;
    private static final int MAX_SERIES = 1_300;
    private static final long FLAT = 16L << 20;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final Logger logger = Loggers.of(LoomMetrics.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>(); // other tests log at the same time
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void flood_oneLabel_isBoundedAndExact() throws Exception {
        CounterFamily requests = loom.counter("flood.one", "A flood on one label", "user", "tier");
        long before = usedHeap();
        flood(EACH, (number, tier) -> requests.with("user-" + number, tier).increment());

        assertBoundedAndExact(samples("flood_one_total"), EACH, before);
    }

    @Test
    void flood_twoLabels_isBoundedAndExact() throws Exception {
        CounterFamily requests = loom.counter("flood.two", "A flood on two labels", "user", "tenant", "tier");
        long before = usedHeap();
        flood(
                EACH,
                (number, tier) -> requests.with("user-" + number, "tenant-" + number, tier)
                        .increment());

        assertBoundedAndExact(samples("flood_two_total"), EACH, before);
    }

    /** No value is refused: only the combinations are too many. The reserve must serve the second label and leave room for tiers. */
    @Test
    void flood_ofCombinations_isBoundedAndExact() throws Exception {
        CounterFamily requests = loom.counter("flood.cross", "A flood of combinations", "user", "tenant", "tier");
        long before = usedHeap();
        flood(
                EACH_OF_FEW,
                (number, tier) -> requests.with("user-" + oneOf(150, number), "tenant-" + oneOf(150, ~number), tier)
                        .increment());

        Map<String, Double> samples = samples("flood_cross_total");
        assertBoundedAndExact(samples, EACH_OF_FEW, before);
        assertThat(samples.keySet().stream().filter(FloodTest::isPartlyFolded))
                .as("half of the reserve, less the places that rivals lost")
                .hasSizeBetween(100, 125);
    }

    private static int oneOf(int values, long seed) {
        return new SplittableRandom(seed).nextInt(values);
    }

    private static boolean isPartlyFolded(String series) {
        return series.contains("user=\"other\"") != series.contains("tenant=\"other\"");
    }

    private void assertBoundedAndExact(Map<String, Double> samples, int each, long heapBefore) {
        double all = THREADS * (double) each;
        assertThat(samples).hasSizeBetween(200, MAX_SERIES);
        assertThat(samples.values().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(all);
        for (int tier = 0; tier < TIERS; tier++) {
            String label = "tier=\"tier-" + tier + '"';
            assertThat(samples.entrySet().stream()
                            .filter(sample -> sample.getKey().contains(label))
                            .mapToDouble(Map.Entry::getValue)
                            .sum())
                    .isEqualTo(all / TIERS);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("flood."))
                .singleElement()
                .asString()
                .contains("has too many values");
        assertThat(usedHeap() - heapBefore).isLessThan(FLAT);
    }

    private void flood(int each, Flood flood) throws Exception {
        AtomicBoolean flooding = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<?> scraping = threads.submit(() -> {
                while (flooding.get()) {
                    scrape();
                }
            });
            List<Future<?>> floods = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            flood.with((long) thread * each + i, "tier-" + i % TIERS);
                        }
                    }))
                    .toList();
            for (Future<?> done : floods) {
                done.get(5, TimeUnit.MINUTES);
            }
            flooding.set(false);
            scraping.get(1, TimeUnit.MINUTES);
        } finally {
            flooding.set(false);
            threads.shutdownNow();
        }
    }

    private void scrape() {
        try {
            registry.scrape(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Double> samples(String name) {
        Map<String, Double> samples = new TreeMap<>();
        registry.scrape().lines().filter(line -> line.startsWith(name)).forEach(line -> {
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return samples;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private interface Flood {
        void with(long number, String tier);
    }
}
