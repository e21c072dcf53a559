package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of meters that throw, in whatever way. */
class ForeignTest {
    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("unchecked"),
                new IOException("looks like the stream's"),
                new Exception("checked"),
                new Error("error"),
                new AssertionError("assertion"),
                new NoClassDefFoundError("linkage"),
                new StackOverflowError("deep"),
                new InterruptedException("interrupted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void function_thatThrows_costsItsOwnLinesOnly(Throwable failure) {
        registry.counter("a");
        registerAllThatThrow(failure);
        registry.counter("z");

        assertThat(registry.scrape().lines().filter(line -> !line.startsWith("#")))
                .containsExactly("a_total 0", "z_total 0");
    }

    @Test
    void function_withAVirtualMachineInTrouble_endsTheScrape() {
        OutOfMemoryError failure = new OutOfMemoryError("none left");
        registerAllThatThrow(failure);

        assertThatThrownBy(registry::scrape).isSameAs(failure);
    }

    @Test
    void stream_thatFails_failsTheScrapeWithItsOwnException() {
        IOException failure = new IOException("broken pipe");
        registry.counter("a");

        assertThatThrownBy(() -> registry.scrape(streamThatThrows(failure))).isSameAs(failure);
    }

    @Test
    void stream_thatFailsWithAnError_failsTheScrapeInTheMidstOfThePage() {
        AssertionError failure = new AssertionError("a stream's");
        for (int i = 0; i < 1_000; i++) {
            registry.counter("a", "k", "v" + i);
        }

        assertThatThrownBy(() -> registry.scrape(streamThatThrows(failure))).isSameAs(failure);
    }

    private void registerAllThatThrow(Throwable failure) {
        FunctionCounter.builder("f.counter", failure, ForeignTest::sneak).register(registry);
        FunctionTimer.builder("f.timer", failure, state -> 1, ForeignTest::sneak, TimeUnit.SECONDS)
                .register(registry);
        DoubleSupplier throwing = () -> sneak(failure);
        Meter.builder("f.value", Meter.Type.OTHER, List.of(new Measurement(throwing, Statistic.VALUE)))
                .register(registry);
        Meter.builder("f.iterable", Meter.Type.OTHER, () -> {
                    sneak(failure instanceof OutOfMemoryError ? new IllegalStateException("now") : failure);
                    return List.<Measurement>of().iterator();
                })
                .register(registry);
    }

    private static OutputStream streamThatThrows(Throwable failure) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                sneak(failure);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                sneak(failure);
            }
        };
    }

    private static double sneak(Throwable failure) {
        ForeignTest.<RuntimeException>sneakily(failure);
        return 0;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneakily(Throwable failure) throws E {
        throw (E) failure;
    }
}
