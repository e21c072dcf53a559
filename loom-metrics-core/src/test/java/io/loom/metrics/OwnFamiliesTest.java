package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnFamiliesTest {
    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    @Test
    void family_sameArguments_isTheSameFamily() {
        assertThat(loom.counter("a.counter", "Help.", "kind")).isSameAs(loom.counter("a.counter", "Help.", "kind"));
        assertThat(loom.gauge("a.gauge", "Help.", "kind")).isSameAs(loom.gauge("a.gauge", "Help.", "kind"));
        assertThat(loom.timer("a.timer", "Help.", "kind"))
                .isSameAs(loom.timer("a.timer", "Help.", Buckets.HTTP, "kind"));
        assertThat(loom.summary("a.summary", "Help.", Buckets.of(1, 2), "kind"))
                .isSameAs(loom.summary("a.summary", "Help.", Buckets.of(1, 2), "kind"));
    }

    @Test
    void family_otherLabels_isRefusedAndNamesBoth() {
        loom.counter("a.b", "Help.", "kind");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loom.counter("a.b", "Help.", "sort"))
                .withMessage("a family must be made the same way each time:"
                        + " MeterSpec[name=a.b, kind=COUNTER, baseUnit=null, help=Help., labelKeys=[sort], buckets=[]]"
                        + " is not"
                        + " MeterSpec[name=a.b, kind=COUNTER, baseUnit=null, help=Help., labelKeys=[kind], buckets=[]]."
                        + " Keep the first one, or choose another name.");
    }

    @Test
    void family_anyOtherArgument_isRefused() {
        TimerFamily first = loom.timer("a.b", "Help.", Buckets.of(1), "x", "y");

        refused(() -> loom.timer("a.b", "Another help.", Buckets.of(1), "x", "y"));
        refused(() -> loom.timer("a.b", "Help.", Buckets.of(2), "x", "y"));
        refused(() -> loom.timer("a.b", "Help.", Buckets.of(1), "y", "x"));
        refused(() -> loom.timer("a.b", "Help.", Buckets.of(1)));
        refused(() -> loom.summary("a.b", "Help.", Buckets.of(1), "x", "y"));
        refused(() -> loom.counter("a.b", "Help.", "x", "y"));
        refused(() -> loom.gauge("a.b", "Help.", "x", "y"));
        assertThat(loom.timer("a.b", "Help.", Buckets.of(1), "x", "y")).isSameAs(first);
    }

    @Test
    void family_cataloguedName_isRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loom.counter("http.requests", "Help."))
                .withMessage("meter name must not be one of loom's own: was \"http.requests\"."
                        + " Use the typed meter, or another name.");
    }

    @ParameterizedTest
    @EnumSource
    void family_everyCataloguedName_isRefused(LoomMeter meter) {
        refused(() -> loom.counter(meter.meterName(), "Help."));
        refused(() -> loom.gauge(meter.meterName(), "Help."));
        refused(() -> loom.timer(meter.meterName(), "Help."));
        refused(() -> loom.summary(meter.meterName(), "Help.", Buckets.NONE));
    }

    @Test
    void family_nameThatTheRegistryHasAsAnotherType_isRefusedAndNamesBoth() {
        test.registry().gauge("queue.length", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loom.counter("queue.length", "Help."))
                .withMessage(
                        "meter queue.length must be of one type: asked for COUNTER, but the registry has it as GAUGE."
                                + " Choose another name.");
    }

    @Test
    void family_nameThatTheRegistryHasAsTheSameType_isShared() {
        Counter theirs = test.registry().counter("jobs", "kind", "a");
        loom.counter("jobs", "Help.", "kind").with("a").increment();

        assertThat(theirs.count()).isEqualTo(1);
    }

    @Test
    void family_illegalNames_areRefused() {
        refused(() -> loom.counter("Not legal", "Help."));
        refused(() -> loom.gauge("a.b", "Help.", "not legal"));
        refused(() -> loom.timer("a.b", "Help.", "le"));
        refused(() -> loom.summary("a.b", "Help.", Buckets.NONE, "x", "x"));
        assertThat(test.hasMeter("a.b")).isFalse();
    }

    @Test
    void family_ofALoom_hasItsSizeOnThePage() {
        CounterFamily family = loom.counter("a.b", "Help.", "kind");
        assertThat(test.gauge("loom.metrics.series", "meter", "a.b")).isZero();

        family.with("x");
        family.with("y");
        family.with("y");
        assertThat(test.gauge("loom.metrics.series", "meter", "a.b")).isEqualTo(2);
    }

    @Test
    void family_withoutLabels_isOnThePageAtZero() {
        loom.counter("a.counter", "Help.");
        loom.gauge("a.gauge", "Help.");
        loom.timer("a.timer", "Help.");
        loom.summary("a.summary", "Help.", Buckets.NONE);

        assertThat(test.count("a.counter")).isZero();
        assertThat(test.gauge("a.gauge")).isZero();
        assertThat(test.timer("a.timer").count()).isZero();
        assertThat(test.registry().get("a.summary").summary().count()).isZero();
    }

    @Test
    void family_rivals_getOneFamilyWhoseGaugeIsAlive() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = "raced.r" + round;

            List<GaugeFamily> seen = Rivals.race(thread -> {
                GaugeFamily family = loom.gauge(name, "Help.", "kind");
                family.with("x").increment();
                return family;
            });

            assertThat(seen).containsOnly(loom.gauge(name, "Help.", "kind"));
            assertThat(test.gauge(name, "kind", "x")).isEqualTo(Rivals.THREADS);
            assertThat(test.gauge("loom.metrics.series", "meter", name)).isEqualTo(1);
        }
    }

    private static void refused(Runnable making) {
        assertThatIllegalArgumentException().isThrownBy(making::run);
    }
}
