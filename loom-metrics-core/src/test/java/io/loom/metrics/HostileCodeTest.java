package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Foreign code that misbehaves beside ours. */
class HostileCodeTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void usageFunction_thatThrowsAnError_costsTheUsageOnly() {
        LlmMeter meter = LoomMetrics.of(registry).llm("openai", "gpt-4");

        assertThat(meter.call(() -> "reply", reply -> {
                    throw new NoSuchMethodError("usage");
                }))
                .isEqualTo("reply");
        assertThat(registry.get("loom.llm.requests").counter().count()).isOne();
        assertThat(registry.get("loom.llm.requests.in.progress").gauge().value())
                .isZero();
    }

    @Test
    void filter_thatThrowsAnError_doesNotReachTheRecorder() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().startsWith("http")) {
                    throw new AssertionError("a filter");
                }
                return id;
            }
        });
        LoomMetrics loom = LoomMetrics.of(registry);

        assertThatCode(() -> loom.http().record("GET", "/", 200, Duration.ZERO)).doesNotThrowAnyException();
    }

    @Test
    void exception_whoseCauseThrows_countsAsOther() {
        RuntimeException hostile = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };

        assertThat(CallEnd.of(hostile).errorType()).isEqualTo(ErrorType.OTHER);
    }

    @Test
    void exception_ofANetworkCall_isWhatItsCauseKnowsBest() {
        assertThat(CallEnd.of(new IOException(new SocketTimeoutException())).errorType())
                .isEqualTo(ErrorType.TIMEOUT);
        assertThat(CallEnd.of(new InterruptedIOException("timeout")).errorType())
                .isEqualTo(ErrorType.TIMEOUT);
        assertThat(CallEnd.of(new IOException("reset")).errorType()).isEqualTo(ErrorType.NETWORK);
        assertThat(CallEnd.of(new ClosedByInterruptException())).isEqualTo(CallEnd.CANCELLED);
        assertThat(CallEnd.of(new IOException(new InterruptedException()))).isEqualTo(CallEnd.CANCELLED);
    }

    @Test
    void labels_nullArray_isCountedNotThrown() {
        LoomMetrics loom = LoomMetrics.of(registry);

        loom.counter("drafts", "Help.", "kind").with((String[]) null).increment();

        assertThat(registry.get("drafts").tag("kind", "unknown").counter().count())
                .isOne();
    }

    @Test
    void uptimeMetrics_boundAfterwards_findOurStartTime() {
        LoomMetrics.of(registry);

        assertThatCode(() -> new UptimeMetrics().bindTo(registry)).doesNotThrowAnyException();
    }

    @Test
    void knownInteractions_smallestBudget_costNothing() {
        LoomMetrics.builder(registry).valueBudget(1).build();

        assertThat(registry.get("loom.user.interactions").counters()).hasSize(Interaction.values().length);
    }
}
