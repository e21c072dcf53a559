package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.loom.metrics.CacheMeter;
import io.loom.metrics.CounterFamily;
import io.loom.metrics.GaugeFamily;
import io.loom.metrics.HttpMeters;
import io.loom.metrics.Interaction;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Severity;
import io.loom.metrics.SummaryFamily;
import io.loom.metrics.TimerFamily;
import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Recording to what is known allocates nothing: not little, nothing. */
@Isolated
class AllocationTest {
    private static final int CALLS = 100_000;
    private static final int MAX_ROUNDS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration ELAPSED = Duration.ofMillis(840);

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);

    @Test
    void record_micrometersHandles_allocatesNothing() {
        Counter counter = registry.counter("c");
        Timer timer = registry.timer("t");
        Timer buckets = Timer.builder("b")
                .serviceLevelObjectives(Buckets.HTTP.asDurations())
                .register(registry);
        DistributionSummary summary =
                DistributionSummary.builder("s").serviceLevelObjectives(.25, .5).register(registry);

        assertAllocatesNothing("counter", () -> counter.increment());
        assertAllocatesNothing("counter, whole amount", () -> counter.increment(7));
        assertAllocatesNothing("counter, fraction", () -> counter.increment(0.1));
        assertAllocatesNothing("timer", () -> timer.record(1_234_567, TimeUnit.NANOSECONDS));
        assertAllocatesNothing("timer with buckets", () -> buckets.record(1_234_567, TimeUnit.NANOSECONDS));
        assertAllocatesNothing("timer, duration", () -> buckets.record(ELAPSED));
        assertAllocatesNothing("summary", () -> summary.record(0.3));
        assertThat(counter.count()).as("the calls did record").isGreaterThan(16 * CALLS);
        assertThat(buckets.count()).as("the calls did record").isGreaterThanOrEqualTo(4 * CALLS);
    }

    @Test
    void record_nativeHistogram_allocatesNothing() {
        Timer timer = LoomPrometheusRegistry.builder()
                .nativeHistogram("t", 3, 160)
                .build()
                .timer("t");

        assertAllocatesNothing("native", () -> timer.record(1_234_567, TimeUnit.NANOSECONDS));
        assertThat(timer.count()).as("the calls did record").isGreaterThanOrEqualTo(2 * CALLS);
    }

    @Test
    void record_http_allocatesNothing() {
        HttpMeters http = loom.http();
        String method = copy("GET");
        String endpoint = copy("/api/v1/stories/{id}");

        assertAllocatesNothing("constants", () -> http.recordNanos("GET", "/api/v1/stories/{id}", 200, 1_234_567));
        assertAllocatesNothing("equal strings", () -> http.recordNanos(method, endpoint, 404, 1_234_567));
        assertAllocatesNothing("duration", () -> http.record("GET", "/api/v1/stories/{id}", 200, ELAPSED));
    }

    @Test
    void record_llm_allocatesNothing() {
        LlmMeter model = loom.llm("anthropic", "claude-x");
        Usage usage = Usage.of(120, 300);

        assertAllocatesNothing("record", () -> model.record(ELAPSED, usage));
        assertAllocatesNothing("recordFailure", () -> model.recordFailure(ELAPSED, ErrorType.TIMEOUT));
        assertAllocatesNothing("recordCancelled", () -> model.recordCancelled(ELAPSED));
        assertAllocatesNothing(
                "looked up", () -> loom.llm("anthropic", "claude-x").record(ELAPSED, usage));
    }

    @Test
    void record_otherTypedMeters_allocatesNothing() {
        CacheMeter cache = loom.cache("response");

        assertAllocatesNothing("cache", cache::hit);
        assertAllocatesNothing("cache, looked up", () -> loom.cache("response").miss());
        assertAllocatesNothing("narratives", () -> loom.narratives().generated("fantasy", 1_240));
        assertAllocatesNothing("rules", () -> loom.rules().executed("consistency"));
        assertAllocatesNothing("violations", () -> loom.rules().violated("consistency", Severity.MAJOR));
        assertAllocatesNothing("interactions", () -> loom.interactions().record(Interaction.EDIT));
        assertAllocatesNothing("own interactions", () -> loom.interactions().record("footnote"));
    }

    @Test
    void record_ownFamilies_allocatesNothing() {
        CounterFamily none = loom.counter("own.none", "Help.");
        CounterFamily one = loom.counter("own.one", "Help.", "a");
        GaugeFamily two = loom.gauge("own.two", "Help.", "a", "b");
        TimerFamily three = loom.timer("own.three", "Help.", "a", "b", "c");
        SummaryFamily four = loom.summary("own.four", "Help.", Buckets.of(.25, .5), "a", "b", "c", "d");
        String known = copy("1");

        assertAllocatesNothing("no label", () -> none.with().increment());
        assertAllocatesNothing("one label", () -> one.with("1").increment(2.5));
        assertAllocatesNothing("one label, equal", () -> one.with(known).increment());
        assertAllocatesNothing("two labels", () -> two.with("1", "2").set(0.5));
        assertAllocatesNothing("two labels, added", () -> two.with(known, "2").add(0.5));
        assertAllocatesNothing("three labels", () -> three.with("1", "2", "3").recordNanos(1_234_567));
        assertAllocatesNothing(
                "three labels, duration", () -> three.with(known, "2", "3").record(ELAPSED));
        assertAllocatesNothing(
                "four labels", () -> four.with("1", "2", "3", "4").record(0.3));
    }

    /** The JVM itself allocates a little now and then, as it links and compiles: so the quietest round counts. */
    private static void assertAllocatesNothing(String what, Runnable recording) {
        allocated(recording); // registers what is new
        long quietest = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && quietest > 0; round++) {
            quietest = Math.min(quietest, allocated(recording));
        }
        assertThat(quietest).as("%s: bytes of %d calls", what, CALLS).isZero();
    }

    private static long allocated(Runnable recording) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            recording.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static String copy(String value) {
        return String.valueOf(value.toCharArray());
    }
}
