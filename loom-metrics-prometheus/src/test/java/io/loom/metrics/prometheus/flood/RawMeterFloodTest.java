package io.loom.metrics.prometheus.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Meters of Micrometer's own with tags without end. Smaller than {@link FloodTest}: Micrometer remembers every id. */
class RawMeterFloodTest {
    private static final int THREADS = 8;
    private static final int EACH = 25_000;
    private static final int ALL = THREADS * EACH;
    private static final int TIERS = 4;
    private static final int MAX_SERIES = 1_300;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom =
            LoomMetrics.builder(registry).boundAllMeters(true).build();

    @AfterEach
    void close() {
        loom.close();
        registry.close();
    }

    @Test
    void flood_ofDistinctValues_isBoundedAndExactWhileScraped() throws Exception {
        AtomicBoolean flooding = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<Integer> scraping = threads.submit(() -> {
                int most = 0;
                while (flooding.get()) {
                    most = Math.max(most, samples().size());
                }
                return most;
            });
            List<Future<?>> floods = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> flood(thread)))
                    .toList();
            for (Future<?> done : floods) {
                done.get(5, TimeUnit.MINUTES);
            }
            flooding.set(false);
            assertThat(scraping.get(1, TimeUnit.MINUTES)).isLessThanOrEqualTo(MAX_SERIES);
        } finally {
            flooding.set(false);
            threads.shutdownNow();
        }

        assertBoundedAndExact();
    }

    private void flood(int thread) {
        for (int i = 0; i < EACH; i++) {
            int number = thread * EACH + i;
            Counter.builder("flood.raw")
                    .tag("user", "user-" + number)
                    .tag("tenant", "tenant-" + number % 997)
                    .tag("tier", "tier-" + i % TIERS)
                    .register(registry)
                    .increment();
        }
    }

    private void assertBoundedAndExact() {
        Map<TextPage.Series, Double> samples = samples();
        assertThat(samples).hasSizeBetween(200, MAX_SERIES);
        Map<String, Double> byTier = samples.entrySet().stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.getKey().labels().get("tier"), Collectors.summingDouble(Map.Entry::getValue)));
        assertThat(byTier)
                .hasSize(TIERS)
                .allSatisfy((tier, sum) -> assertThat(sum).isEqualTo(ALL / TIERS));
        assertThat(TextPage.parse(registry.scrape())
                        .value("loom_metrics_overflow_total", "meter", "flood.raw", "label", "user"))
                .isBetween(ALL - 1_000.0, (double) ALL);
    }

    private Map<TextPage.Series, Double> samples() {
        return TextPage.parse(registry.scrape()).samples().entrySet().stream()
                .filter(sample -> sample.getKey().name().equals("flood_raw_total"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
