package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Gauge;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The thread that reads the figures. */
@Isolated
class ApiThreadTest {
    private static final int CALLS = 100_000;
    private static final int ROUNDS = 5;
    private static final String NAME = "loom-figures";

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    @Test
    void page_thatIsBuilt_readsStepByStepUntilItIsClosed() throws Exception {
        Set<Thread> others = threads();
        AtomicInteger readings = new AtomicInteger();
        Gauge.builder("loom.sessions.active", readings::incrementAndGet).register(registry);
        Thread reader;
        try (ApiPage api = ApiPage.builder(registry).step(Duration.ofSeconds(1)).build()) {
            Set<Thread> own = threads();
            own.removeAll(others);
            assertThat(own).hasSize(1).allMatch(Thread::isDaemon);
            reader = own.iterator().next();
            Eventually.holds(() ->
                    JsonAnswer.get(api, "/history", null).json().at("/times").size() >= 2);
            assertThat(readings).hasValueGreaterThanOrEqualTo(3);
        }
        Eventually.holds(() -> !reader.isAlive());
    }

    /** Each page costs a thread: none is left by pages that are closed at once. */
    @Test
    void pages_thatAreClosedAtOnce_leaveNoThread() throws Exception {
        Set<Thread> others = threads();
        for (int i = 0; i < 20; i++) {
            ApiPage.of(registry).close();
        }

        Eventually.holds(() -> others.containsAll(threads()));
    }

    @Test
    void page_thatIsClosed_answersStill() throws Exception {
        LoomMetrics.of(registry).http().record("GET", "/a", 200, Duration.ofMillis(5));
        ApiPage api = ApiPage.of(registry);
        api.close();
        api.close();

        assertThat(JsonAnswer.summary(api, "/http/requests_total").intValue()).isEqualTo(1);
    }

    @Test
    void reading_thatHangs_isInterruptedByClosing() throws Exception {
        AtomicBoolean hanging = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        Gauge.builder("loom.cache.entries", () -> {
                    if (calls.incrementAndGet() > 1) {
                        hanging.set(true);
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                        interrupted.set(true);
                    }
                    return 1;
                })
                .register(registry);
        ApiPage api = ApiPage.builder(registry).step(Duration.ofSeconds(1)).build();
        Eventually.holds(hanging::get);

        api.close();

        Eventually.holds(interrupted::get);
    }

    @Test
    void recording_whileFiguresAreRead_allocatesNothing() throws Exception {
        LoomMetrics loom = LoomMetrics.of(registry);
        Duration elapsed = Duration.ofMillis(12);
        Runnable event = () -> loom.http().record("GET", "/a", 200, elapsed);
        AtomicBoolean reading = new AtomicBoolean(true);
        AtomicInteger readings = new AtomicInteger();
        ApiPage api = ApiPage.builder(registry).sampledByHand().build();
        Thread reader = new Thread(() -> {
            while (reading.get()) {
                api.sample();
                readings.incrementAndGet();
            }
        });
        reader.start();
        try {
            Eventually.holds(() -> readings.get() > 10);

            assertThat(allocatedBy(event)).isZero();
        } finally {
            reading.set(false);
            reader.join();
        }
        JsonNode total = JsonAnswer.summary(api, "/http/requests_total");
        assertThat(total.intValue()).isGreaterThanOrEqualTo(CALLS);
    }

    /** {@return the least of a few rounds: what the JVM itself allocates now and then does not count} */
    private static long allocatedBy(Runnable event) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                event.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().equals(NAME) || !thread.isAlive());
        return threads;
    }
}
