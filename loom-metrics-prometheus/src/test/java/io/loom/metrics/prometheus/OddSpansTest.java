package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.loom.metrics.prometheus.exposition.OpenMetricsPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.loom.metrics.prometheus.meter.ExemplarSampler;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Span contexts that say what cannot be shown, or that fail: they cost the exemplar, and nothing else. */
class OddSpansTest {
    private final MockClock clock = new MockClock();
    private final ScriptedSpans spans = new ScriptedSpans("trace1", "span1");
    private final LoomPrometheusRegistry registry = registry(spans, Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, span",
                "trace, null",
                "'', span",
                "trace, ''",
                "tr ace, span",
                "tr\"ace, span",
                "trace, sp\\an",
                "träce, span",
                "trace, '\u007f'"
            })
    void id_thatCannotStandInEveryFormat_leavesNoExemplar(@Nullable String traceId, @Nullable String spanId)
            throws IOException {
        spans.enter(traceId, spanId);
        registry.counter("drafts").increment();

        assertThat(page().exemplars()).isEmpty();
        assertThat(page().value("drafts_total")).isEqualTo(1);
        assertThat(spans.marked()).isZero();
    }

    @Test
    void ids_ofAsManyCharactersAsThereMayBe_areShownAndOfOneMoreAreNot() throws IOException {
        String longest = "t".repeat(128 - "trace_idspan_id".length() - "span1".length());
        spans.enter(longest, "span1");
        registry.counter("fits").increment();
        spans.enter(longest + 't', "span1");
        registry.counter("too.long").increment();

        assertThat(page().exemplars()).containsOnlyKeys(TextPage.Series.of("fits_total"));
    }

    @Test
    void spanContext_thatThrows_costsTheExemplarAndWarnsOnce() throws IOException {
        for (int failing = 0; failing < 4; failing++) {
            LoomPrometheusRegistry unlucky = registry(new FailingSpans(failing), Duration.ZERO);
            Timer timer = Timer.builder("t")
                    .serviceLevelObjectives(Duration.ofMillis(1))
                    .register(unlucky);

            ListAppender<ILoggingEvent> log = listen(() -> {
                for (int i = 0; i < 3; i++) {
                    unlucky.counter("drafts").increment();
                    timer.record(1, TimeUnit.SECONDS);
                }
            });

            assertThat(log.list)
                    .filteredOn(event -> event.getLevel() == Level.WARN)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("the span context failed, so there is no exemplar");
            assertThat(OpenMetricsPages.of(unlucky).value("drafts_total")).isEqualTo(3);
            assertThat(OpenMetricsPages.of(unlucky).value("t_seconds_count")).isEqualTo(3);
        }
    }

    private LoomPrometheusRegistry registry(SpanContext context, Duration interval) {
        return LoomPrometheusRegistry.builder()
                .clock(clock)
                .spanContext(context)
                .exemplarInterval(interval)
                .build();
    }

    private OpenMetricsPage page() throws IOException {
        return OpenMetricsPages.of(registry);
    }

    private static ListAppender<ILoggingEvent> listen(Runnable work) {
        Logger logger = Loggers.of(ExemplarSampler.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>(); // other tests log at the same time
        log.start();
        logger.addAppender(log);
        try {
            work.run();
        } finally {
            logger.detachAppender(log);
        }
        return log;
    }

    /** Throws from one of its methods, each time another kind of throwable. */
    private record FailingSpans(int failing) implements SpanContext {
        @Override
        public boolean isCurrentSpanSampled() {
            if (failing == 0) {
                throw new IllegalStateException("a foreign function");
            }
            return true;
        }

        @Override
        public String getCurrentTraceId() {
            if (failing == 1) {
                throw new NoClassDefFoundError("a foreign function");
            }
            return "trace";
        }

        @Override
        public String getCurrentSpanId() {
            if (failing == 2) {
                throw new StackOverflowError("a foreign function");
            }
            return "span";
        }

        @Override
        public void markCurrentSpanAsExemplar() {
            if (failing == 3) {
                throw new AssertionError("a foreign function");
            }
        }
    }
}
