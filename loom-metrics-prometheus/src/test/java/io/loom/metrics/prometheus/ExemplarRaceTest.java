package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Threads record in spans of their own, without pause, while another scrapes: each exemplar is of one span alone. */
@Isolated
class ExemplarRaceTest {
    private static final int RECORDERS = 4;
    private static final int EVENTS = 100_000;
    private static final int MIN_EXEMPLARS = 100;

    private final NumberedSpans spans = new NumberedSpans();
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .spanContext(spans)
            .exemplarInterval(Duration.ZERO)
            .build();
    private final Counter counter = registry.counter("amounts");
    private final Timer timer = Timer.builder("timer")
            .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(100))
            .register(registry);
    private final DistributionSummary summary = DistributionSummary.builder("summary")
            .serviceLevelObjectives(1_000, 100_000)
            .register(registry);
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final AtomicInteger recording = new AtomicInteger(RECORDERS);
    private final InStep inStep = new InStep(100);
    private final Set<OpenMetricsPage.Exemplar> seen = new HashSet<>();

    @Test
    void exemplars_underLoad_areNeverOfTwoSpans() throws Exception {
        Race.run(RECORDERS + 1, thread -> {
            if (thread == RECORDERS) {
                try {
                    scrapeUntilDone();
                } finally {
                    inStep.end();
                }
            } else {
                try {
                    record(thread);
                } finally {
                    recording.decrementAndGet();
                }
            }
        });

        OpenMetricsPage last = page();
        check(last.exemplars());
        assertThat(ProtobufPages.of(registry).exemplars()).isEqualTo(last.exemplars());
        assertThat(seen).hasSizeGreaterThan(MIN_EXEMPLARS);
        assertThat(last.exemplars()).hasSizeGreaterThan(6);
        assertThat(last.value("timer_seconds_count")).isEqualTo(RECORDERS * EVENTS);
        assertThat(last.value("summary_count")).isEqualTo(RECORDERS * EVENTS);
        assertThat(last.value("http_requests_total", "method", "GET", "endpoint", "/", "status", "200"))
                .isEqualTo(RECORDERS * EVENTS);
    }

    private void scrapeUntilDone() throws IOException {
        while (recording.get() > 0) {
            check(page().exemplars());
            check(ProtobufPages.of(registry).exemplars());
            inStep.scraped();
        }
    }

    /** The number of the span is also what it records: microseconds where it is a duration. */
    private void record(int thread) {
        for (int event = 1; event <= EVENTS; event++) {
            inStep.await(event, EVENTS);
            int number = event * RECORDERS + thread;
            spans.current.set(number);
            counter.increment(number);
            timer.record(number, TimeUnit.MICROSECONDS);
            summary.record(number);
            loom.http().recordNanos("GET", "/", 200, TimeUnit.MICROSECONDS.toNanos(number));
        }
    }

    private void check(Map<TextPage.Series, OpenMetricsPage.Exemplar> exemplars) {
        for (Map.Entry<TextPage.Series, OpenMetricsPage.Exemplar> each : exemplars.entrySet()) {
            OpenMetricsPage.Exemplar exemplar = each.getValue();
            int number = Integer.parseInt(exemplar.labels().get("trace_id"));
            assertThat(exemplar.labels().get("span_id")).isEqualTo("of" + number);
            String name = each.getKey().name();
            double expected = name.equals("http_requests_total") ? 1 : name.contains("seconds") ? number / 1e6 : number;
            assertThat(exemplar.value()).as("%s of span %d", name, number).isEqualTo(expected);
            seen.add(exemplar);
        }
    }

    private OpenMetricsPage page() throws IOException {
        return OpenMetricsPages.of(registry);
    }

    /** Each thread is in the span of its number. */
    private static final class NumberedSpans implements SpanContext {
        private final ThreadLocal<Integer> current = new ThreadLocal<>();

        @Override
        public boolean isCurrentSpanSampled() {
            return current.get() != null;
        }

        @Override
        public String getCurrentTraceId() {
            return Integer.toString(current.get());
        }

        @Override
        public String getCurrentSpanId() {
            return "of" + current.get();
        }

        @Override
        public void markCurrentSpanAsExemplar() {}
    }
}
