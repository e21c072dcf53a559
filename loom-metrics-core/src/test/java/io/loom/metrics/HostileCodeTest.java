package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.loom.metrics.llm.CallEnd;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.testing.Sneaky;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Foreign code that misbehaves beside ours. */
class HostileCodeTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void usageFunction_thatThrows_costsTheUsageOnly(Throwable thrown) {
        LlmMeter meter = LoomMetrics.of(registry).llm("openai", "gpt-4");

        assertThat(meter.call(() -> "reply", reply -> Sneaky.raise(thrown))).isEqualTo("reply");
        assertEnded(1);
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void usageFunction_ofAStageThatThrows_costsTheUsageOnly(Throwable thrown) {
        LlmMeter meter = LoomMetrics.of(registry).llm("openai", "gpt-4");
        CompletableFuture<String> stage = new CompletableFuture<>();
        meter.callAsync(() -> stage, reply -> Sneaky.raise(thrown));
        stage.complete("reply");

        assertThat(stage).isCompletedWithValue("reply");
        assertEnded(1);
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void stage_thatCannotBeWatched_isReturnedAllTheSame(Throwable thrown) {
        LlmMeter meter = LoomMetrics.of(registry).llm("openai", "gpt-4");
        CompletableFuture<String> stage = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                return Sneaky.raise(thrown);
            }
        };

        assertThat(meter.<String, CompletableFuture<String>>callAsync(() -> stage, reply -> null))
                .isSameAs(stage);
        assertEnded(1);
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void classifier_thatThrows_leavesTheCallersExceptionAlone(Throwable thrown) {
        LlmMeter meter = LoomMetrics.builder(registry)
                .errorClassifier(failure -> Sneaky.raise(thrown))
                .build()
                .llm("openai", "gpt-4");
        IOException own = new IOException();

        assertThatThrownBy(() -> meter.call(() -> Sneaky.raise(own))).isSameAs(own);
        assertThatThrownBy(() -> meter.callAsync(() -> Sneaky.<CompletableFuture<String>>raise(own), reply -> null))
                .isSameAs(own);
        assertEnded(2);
        assertThat(registry.get("loom.llm.errors")
                        .tag("error_type", "network")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void exception_whoseTextAndCauseThrow_leavesUnchanged(Throwable thrown) {
        LlmMeter meter = LoomMetrics.of(registry).llm("openai", "gpt-4");
        RuntimeException hostile = Sneaky.hostile(thrown);

        Throwable left = catchThrowable(() -> meter.call(() -> Sneaky.raise(hostile)));
        assertThat(hostile.equals(left)).isTrue(); // isSameAs would ask for its text
        meter.usageOf("reply", reply -> Sneaky.raise(hostile)); // its text is logged

        assertEnded(1);
        assertThat(registry.get("loom.llm.errors")
                        .tag("error_type", "other")
                        .counter()
                        .count())
                .isOne();
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void filter_thatThrows_doesNotReachTheRecorder(Throwable thrown) {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("http") ? Sneaky.raise(thrown) : id;
            }
        });
        LoomMetrics loom = LoomMetrics.of(registry);

        assertThatCode(() -> loom.http().record("GET", "/", 200, Duration.ZERO)).doesNotThrowAnyException();
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

    private void assertEnded(double attempts) {
        assertThat(registry.get("loom.llm.requests").counter().count()).isEqualTo(attempts);
        assertThat(registry.get("loom.llm.requests.in.progress").gauge().value())
                .isZero();
    }
}
