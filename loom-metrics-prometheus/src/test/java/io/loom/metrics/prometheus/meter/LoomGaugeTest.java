package io.loom.metrics.prometheus.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoomGaugeTest {
    private static final Meter.Id ID = new Meter.Id("drafts", Tags.empty(), null, null, Meter.Type.GAUGE);

    @Test
    void value_ofWhatIsThere_isTheFunctionsOfNow() {
        AtomicInteger drafts = new AtomicInteger(2);
        Gauge gauge = new LoomGauge<>(ID, drafts, AtomicInteger::get);

        assertThat(gauge.value()).isEqualTo(2);
        drafts.set(3);
        assertThat(gauge.value()).isEqualTo(3);
    }

    @Test
    void value_ofNothing_isNotANumber() {
        LoomGauge<AtomicInteger> gauge = new LoomGauge<>(ID, null, AtomicInteger::get);

        assertThat(gauge.value()).isNaN();
        assertThat(gauge.peek()).isZero();
    }

    @Test
    void value_onceWhatItObservedIsGone_isNotANumber() {
        LoomGauge<AtomicInteger> gauge = new LoomGauge<>(ID, new AtomicInteger(2), AtomicInteger::get);
        gauge.clear(); // as the collector does

        assertThat(gauge.value()).isNaN();
    }

    @Test
    void value_whereTheFunctionFails_isNotANumber() {
        Gauge gauge = new LoomGauge<>(ID, "any", any -> {
            throw new AssertionError("an error of the function's own");
        });

        assertThat(gauge.value()).isNaN();
    }

    @Test
    void peek_gauge_doesNotAskTheFunction() {
        AtomicInteger asked = new AtomicInteger();
        LoomGauge<AtomicInteger> gauge = new LoomGauge<>(ID, asked, AtomicInteger::incrementAndGet);

        gauge.peek();

        assertThat(asked).hasValue(0);
    }

    @Test
    void equals_gaugeOfTheSameId_isTrue() {
        Gauge gauge = new LoomGauge<>(ID, "a", any -> 1);
        Gauge alike = new LoomGauge<>(ID, "b", any -> 2);
        Gauge other = new LoomGauge<>(ID.withName("other"), "a", any -> 1);

        assertThat(gauge).isEqualTo(alike).hasSameHashCodeAs(alike).isNotEqualTo(other);
    }
}
