package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instrumentation that libraries have already, after real work: on our registry as on Micrometer's own. */
class InstrumentationTest {
    private static final int TASKS = 20;

    private final LoomPrometheusRegistry ours = new LoomPrometheusRegistry();
    private final PrometheusMeterRegistry theirs = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void caffeine_afterHitsMissesAndEvictions_isTheSame() {
        LoadingCache<Integer, String> cache = Caffeine.newBuilder()
                .maximumSize(2)
                .executor(Runnable::run)
                .recordStats()
                .build(key -> "story " + key);
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get(i % 5)).isEqualTo("story " + i % 5);
        }
        cache.cleanUp();
        CaffeineCacheMetrics.monitor(ours, cache, "stories", "kind", "draft");
        CaffeineCacheMetrics.monitor(theirs, cache, "stories", "kind", "draft");

        assertSameSeries();
        TextPage page = ourPage();
        assertThat(page.samples()).isEqualTo(theirPage().samples());
        assertThat(page.value("cache_size", "cache", "stories", "kind", "draft"))
                .isEqualTo(2);
        double hits = page.value("cache_gets_total", "cache", "stories", "kind", "draft", "result", "hit");
        double misses = page.value("cache_gets_total", "cache", "stories", "kind", "draft", "result", "miss");
        assertThat(hits + misses).isEqualTo(10);
        assertThat(page.value("cache_evictions_total", "cache", "stories", "kind", "draft"))
                .isEqualTo(misses - 2);
    }

    @Test
    void threadPool_afterWork_isTheSame() throws Exception {
        ExecutorService first = Executors.newFixedThreadPool(2);
        ExecutorService second = Executors.newFixedThreadPool(2);
        try {
            work(ExecutorServiceMetrics.monitor(ours, first, "pool"));
            work(ExecutorServiceMetrics.monitor(theirs, second, "pool"));
            finish(first, second);

            assertSameSeries();
            assertThat(ourPage().value("executor_seconds_count", "name", "pool"))
                    .isEqualTo(TASKS);
            assertThat(ourPage().value("executor_idle_seconds_count", "name", "pool"))
                    .isEqualTo(TASKS);
            assertThat(ourPage().value("executor_completed_tasks_total", "name", "pool"))
                    .isEqualTo(TASKS);
        } finally {
            first.shutdownNow();
            second.shutdownNow();
        }
    }

    @Test
    void scheduledPool_afterWork_isTheSame() throws Exception {
        ScheduledExecutorService first = Executors.newScheduledThreadPool(1);
        ScheduledExecutorService second = Executors.newScheduledThreadPool(1);
        try {
            schedule(ExecutorServiceMetrics.monitor(ours, first, "pool"));
            schedule(ExecutorServiceMetrics.monitor(theirs, second, "pool"));
            finish(first, second);

            assertSameSeries();
            assertThat(ourPage().value("executor_scheduled_once_total", "name", "pool"))
                    .isEqualTo(TASKS);
            assertThat(ourPage().value("executor_seconds_count", "name", "pool"))
                    .isEqualTo(TASKS);
        } finally {
            first.shutdownNow();
            second.shutdownNow();
        }
    }

    @Test
    void forkJoinPool_afterWork_isTheSame() throws Exception {
        ForkJoinPool first = new ForkJoinPool(2);
        ForkJoinPool second = new ForkJoinPool(2);
        try {
            work(ExecutorServiceMetrics.monitor(ours, first, "pool"));
            work(ExecutorServiceMetrics.monitor(theirs, second, "pool"));
            finish(first, second);

            assertSameSeries();
            assertThat(ourPage().value("executor_seconds_count", "name", "pool"))
                    .isEqualTo(TASKS);
            assertThat(ourPage().value("executor_parallelism_threads", "name", "pool"))
                    .isEqualTo(2);
        } finally {
            first.shutdownNow();
            second.shutdownNow();
        }
    }

    @Test
    void hikari_afterBorrowing_isTheSame() throws SQLException {
        try (HikariDataSource first = hikari(ours);
                HikariDataSource second = hikari(theirs)) {
            borrow(first);
            borrow(second);

            assertSameSeries();
            TextPage page = ourPage();
            assertThat(page.value("hikaricp_connections_max", "pool", "stories"))
                    .isEqualTo(3);
            assertThat(page.value("hikaricp_connections_usage_seconds_count", "pool", "stories"))
                    .isEqualTo(TASKS);
            assertThat(page.value("hikaricp_connections_acquire_seconds_count", "pool", "stories"))
                    .isEqualTo(TASKS);
            assertThat(page.value("hikaricp_connections_timeout_total", "pool", "stories"))
                    .isZero();
        }
    }

    @Test
    void hikari_closed_leavesNothingOnThePage() {
        hikari(ours).close();
        hikari(theirs).close();

        assertSameSeries();
        assertThat(ourPage().samples()).isEmpty();
    }

    private static void work(ExecutorService pool) throws InterruptedException, ExecutionException {
        List<Future<Integer>> running = IntStream.range(0, TASKS)
                .<Future<Integer>>mapToObj(i -> pool.submit(() -> i))
                .toList();
        for (Future<Integer> each : running) {
            each.get();
        }
    }

    private static void schedule(ScheduledExecutorService pool) throws InterruptedException, ExecutionException {
        for (int i = 0; i < TASKS; i++) {
            pool.schedule(() -> {}, 1, TimeUnit.MICROSECONDS).get();
        }
    }

    /** A pool counts a task when it is done with it, which is after the task's own end. */
    private static void finish(ExecutorService... pools) throws InterruptedException {
        for (ExecutorService pool : pools) {
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static void borrow(HikariDataSource pool) throws SQLException {
        for (int i = 0; i < TASKS; i++) {
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isClosed()).isFalse();
            }
        }
    }

    private static HikariDataSource hikari(MeterRegistry registry) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("stories");
        config.setMaximumPoolSize(3);
        config.setDataSource(new NoDatabase());
        config.setMetricRegistry(registry);
        return new HikariDataSource(config);
    }

    private void assertSameSeries() {
        TextPage expected = theirPage();
        TextPage actual = ourPage();
        assertThat(types(actual)).isEqualTo(types(expected));
        assertThat(actual.samples().keySet()).isEqualTo(expected.samples().keySet());
    }

    private static Map<String, String> types(TextPage page) {
        return page.families().values().stream()
                .collect(Collectors.toMap(TextPage.Family::name, TextPage.Family::type));
    }

    private TextPage ourPage() {
        return TextPage.parse(ours.scrape());
    }

    private TextPage theirPage() {
        return TextPage.parse(theirs.scrape());
    }
}
