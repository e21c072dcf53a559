package io.loom.metrics.prometheus.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoomCounterTest {
    private final LoomCounter counter =
            new LoomCounter(new Meter.Id("drafts", Tags.empty(), null, null, Meter.Type.COUNTER));

    @Test
    void counter_new_isZero() {
        assertThat(counter.count()).isZero();
    }

    @Test
    void increment_wholeAndFraction_countsBoth() {
        counter.increment();
        counter.increment(2);
        counter.increment(0.5);

        assertThat(counter.count()).isEqualTo(3.5);
        assertThat(counter.whole()).isEqualTo(3);
        assertThat(counter.fraction()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, -0.0, -1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void increment_whatIsNoAmount_isDropped(double amount) {
        counter.increment(amount);

        assertThat(counter.count()).isZero();
    }

    @Test
    void increment_theLargestDouble_isKept() {
        counter.increment(Double.MAX_VALUE);

        assertThat(counter.count()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void measure_counter_isItsCount() {
        counter.increment(3);

        assertThat(counter.measure())
                .singleElement()
                .satisfies(measurement -> assertThat(measurement.getValue()).isEqualTo(3));
    }
}
