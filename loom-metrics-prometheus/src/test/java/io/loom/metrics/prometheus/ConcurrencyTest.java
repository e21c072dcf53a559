package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Many threads record while another scrapes without pause. {@link TextPage} holds each page to its shape. */
@Isolated
class ConcurrencyTest {
    private static final int EVENTS = 1_000_000;

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final Counter whole = registry.counter("whole");
    private final Counter fractional = registry.counter("fractional");
    private final Timer timer = Timer.builder("timer")
            .serviceLevelObjectives(Buckets.HTTP.asDurations())
            .register(registry);
    private final DistributionSummary summary = DistributionSummary.builder("summary")
            .serviceLevelObjectives(0.25, 0.5)
            .register(registry);

    private final AtomicBoolean done = new AtomicBoolean();
    private final InStep inStep = new InStep(10);

    @Test
    void recording_by64PlatformThreads_losesNothing() throws Exception {
        recordAndScrape(Executors.newFixedThreadPool(64), 64);
    }

    @Test
    void recording_by10000VirtualThreads_losesNothing() throws Exception {
        recordAndScrape(VirtualThreads.executor(), 10_000);
    }

    @Test
    void registering_andRemovingWhileOthersScrape_leavesEveryPageWhole() throws Exception {
        Race.run(4, number -> {
            if (number > 0) {
                for (int i = 0; i < 5_000; i++) {
                    Timer comesAndGoes = Timer.builder("timer." + i % 7)
                            .serviceLevelObjectives(Duration.ofMillis(1))
                            .tag("thread", Integer.toString(number))
                            .register(registry);
                    comesAndGoes.record(i, TimeUnit.MICROSECONDS);
                    registry.remove(comesAndGoes);
                }
                return;
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(TextPage.parse(registry.scrape()).samples())
                        .containsKeys(
                                TextPage.Series.of("whole_total"),
                                TextPage.Series.of("timer_seconds_count"),
                                TextPage.Series.of("summary_max"));
            }
        });

        assertThat(TextPage.parse(registry.scrape()).families().keySet())
                .containsExactly(
                        "fractional_total",
                        "summary",
                        "summary_max",
                        "timer_seconds",
                        "timer_seconds_max",
                        "whole_total");
    }

    private void recordAndScrape(ExecutorService recorders, int tasks) throws Exception {
        ExecutorService scraper = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> scrapes = scraper.submit(this::scrapeUntilDone);
            Race.run(recorders, tasks, number -> {
                int share = EVENTS / tasks;
                for (int i = 0; i < share; i++) {
                    inStep.await(i, share);
                    record(number * share + i);
                }
            });
            done.set(true);
            assertThat(scrapes.get(1, TimeUnit.MINUTES)).as("scrapes").isGreaterThan(5);
        } finally {
            done.set(true);
            recorders.shutdownNow();
            scraper.shutdownNow();
        }
        assertTotals(TextPage.parse(registry.scrape()));
    }

    /** Four events in turn; their amounts add up without rounding, in any order. */
    private void record(int event) {
        int quarter = event & 3;
        whole.increment();
        fractional.increment(0.25);
        timer.record(quarter * 400L, TimeUnit.MILLISECONDS);
        summary.record(quarter * 0.25);
    }

    private static void assertTotals(TextPage page) {
        assertThat(page.value("whole_total")).isEqualTo(EVENTS);
        assertThat(page.value("fractional_total")).isEqualTo(EVENTS / 4);
        assertThat(page.value("timer_seconds_bucket", "le", "0.005")).isEqualTo(EVENTS / 4);
        assertThat(page.value("timer_seconds_bucket", "le", "0.5")).isEqualTo(EVENTS / 2);
        assertThat(page.value("timer_seconds_bucket", "le", "1.0")).isEqualTo(EVENTS * 3 / 4);
        assertThat(page.value("timer_seconds_count")).isEqualTo(EVENTS);
        assertThat(page.value("timer_seconds_sum")).isEqualTo(EVENTS / 4 * 2.4);
        assertThat(page.value("timer_seconds_max")).isEqualTo(1.2);
        assertThat(page.value("summary_bucket", "le", "0.25")).isEqualTo(EVENTS / 2);
        assertThat(page.value("summary_bucket", "le", "0.5")).isEqualTo(EVENTS * 3 / 4);
        assertThat(page.value("summary_count")).isEqualTo(EVENTS);
        assertThat(page.value("summary_sum")).isEqualTo(EVENTS / 4 * 1.5);
        assertThat(page.value("summary_max")).isEqualTo(0.75);
    }

    private int scrapeUntilDone() {
        try {
            return scrapeInStepUntilDone();
        } finally {
            inStep.end();
        }
    }

    private int scrapeInStepUntilDone() {
        TextPage before = TextPage.parse(registry.scrape());
        int scrapes = 1;
        while (!done.get()) {
            TextPage now = TextPage.parse(registry.scrape());
            scrapes++;
            inStep.scraped();
            for (Map.Entry<TextPage.Series, Double> sample : now.samples().entrySet()) {
                assertThat(sample.getValue())
                        .as("%s, which only goes up", sample.getKey())
                        .isGreaterThanOrEqualTo(before.samples().get(sample.getKey()));
            }
            before = now;
        }
        return scrapes;
    }
}
