package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Meters that are asked for where the stack or the memory ends: it says nothing against them. */
class LateMeterTest {
    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    /** What the registry's filter does with a meter of this test. */
    private Consumer<Meter.Id> filter = id -> {};

    @BeforeEach
    void filterAsToldLater() {
        test.registry().config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (id.getName().startsWith("late")) {
                    filter.accept(id);
                }
                return MeterFilterReply.NEUTRAL;
            }
        });
    }

    static Stream<VirtualMachineError> ends() {
        return Stream.of(new StackOverflowError(), new OutOfMemoryError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void register_whereTheJvmIsAtItsEnd_isAskedForAgainByTheSameHandle(VirtualMachineError end) {
        filter = failing(end);
        CounterSeries counter = loom.counter("late.counter", "Help.", "kind").with("x");
        TimerSeries timer = loom.timer("late.timer", "Help.", "kind").with("x");
        SummarySeries summary =
                loom.summary("late.summary", "Help.", Buckets.NONE, "kind").with("x");
        counter.increment();
        timer.recordNanos(5);
        summary.record(3);
        filter = id -> {};
        counter.increment();
        counter.increment(2);
        timer.recordNanos(7);
        timer.recordNanos(8);
        summary.record(4);
        summary.record(5);

        assertThat(test.count("late.counter", "kind", "x")).isEqualTo(3);
        assertThat(test.timer("late.timer", "kind", "x").count()).isEqualTo(2);
        assertThat(test.registry().get("late.summary").summary().totalAmount()).isEqualTo(9);
    }

    @Test
    void register_whereTheStackEnds_isLoggedAsPutOff_andALaterRefusalForItself() {
        try (LogLines log = new LogLines("late.logged")) {
            filter = failing(new StackOverflowError());
            CounterSeries counter = loom.counter("late.logged", "Help.").with();
            counter.increment();
            filter = id -> {
                throw new IllegalStateException("no");
            };
            counter.increment();
            counter.increment();

            assertThat(log.warnings())
                    .containsExactly(
                            "late.logged: it could not be registered yet, so it is not recorded until it is:"
                                    + " java.lang.StackOverflowError",
                            "late.logged: the registry refused it, so it is not recorded:"
                                    + " java.lang.IllegalStateException: no");
        }
    }

    @Test
    void register_againByAFilterThatRecordsToTheSame_asksOnce() {
        filter = failing(new StackOverflowError());
        CounterSeries counter = loom.counter("late.counter", "Help.").with();
        int[] asked = new int[1];
        filter = id -> {
            asked[0]++;
            counter.increment();
        };
        counter.increment();

        assertThat(asked[0]).isOne();
        assertThat(test.count("late.counter")).isOne();
    }

    @Test
    void gauge_whereTheStackEnds_isThereAfterTheNextRegistration() {
        filter = failing(new StackOverflowError());
        GaugeSeries gauge = loom.gauge("late.gauge", "Help.").with();
        gauge.set(4);
        assertThat(test.hasMeter("late.gauge")).isFalse();
        filter = id -> {};
        loom.counter("any.other", "Help.").with();

        assertThat(test.gauge("late.gauge")).isEqualTo(4);
        loom.close();
        assertThat(test.hasMeter("late.gauge")).isFalse();
    }

    @Test
    void gauge_thatIsLate_isNotRegisteredAfterClose() {
        filter = failing(new StackOverflowError());
        loom.gauge("late.gauge", "Help.").with().set(4);
        filter = id -> {};
        CounterFamily other = loom.counter("any.other", "Help.", "kind");
        loom.close();
        other.with("x").increment();

        assertThat(test.hasMeter("late.gauge")).isFalse();
    }

    private static Consumer<Meter.Id> failing(VirtualMachineError end) {
        return id -> {
            throw end;
        };
    }
}
