package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeFamilyTest {
    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    @Test
    void with_asManyValuesAsLabels_setsThatSeries() {
        loom.gauge("l0", "Help.").with().set(10);
        loom.gauge("l1", "Help.", "a").with("1").set(11);
        loom.gauge("l2", "Help.", "a", "b").with("1", "2").set(12);
        loom.gauge("l3", "Help.", "a", "b", "c").with("1", "2", "3").set(13);
        loom.gauge("l4", "Help.", "a", "b", "c", "d").with("1", "2", "3", "4").set(14);
        loom.gauge("l5", "Help.", "a", "b", "c", "d", "e")
                .with("1", "2", "3", "4", "5")
                .set(15);

        assertThat(test.gauge("l0")).isEqualTo(10);
        assertThat(test.gauge("l1", "a", "1")).isEqualTo(11);
        assertThat(test.gauge("l2", "a", "1", "b", "2")).isEqualTo(12);
        assertThat(test.gauge("l3", "a", "1", "b", "2", "c", "3")).isEqualTo(13);
        assertThat(test.gauge("l4", "a", "1", "b", "2", "c", "3", "d", "4")).isEqualTo(14);
        assertThat(test.gauge("l5", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5"))
                .isEqualTo(15);
    }

    @Test
    void gauge_beforeItIsSet_isZero() {
        assertThat(loom.gauge("a.b", "Help.").with().value()).isZero();
        assertThat(test.gauge("a.b")).isZero();
    }

    @Test
    void gauge_addedToAndTakenFrom_isTheSum() {
        GaugeSeries gauge = loom.gauge("a.b", "Help.").with();
        gauge.set(10);
        gauge.add(2.5);
        gauge.add(-0.5);
        gauge.increment();
        gauge.increment();
        gauge.decrement();

        assertThat(gauge.value()).isEqualTo(13);
        assertThat(test.gauge("a.b")).isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, Double.MAX_VALUE})
    void set_anyDouble_isKept(double value) {
        loom.gauge("a.b", "Help.").with().set(value);

        assertThat(test.gauge("a.b")).isEqualTo(Double.valueOf(value));
    }

    @Test
    void add_eightThreads_loseNothing() throws Exception {
        GaugeSeries gauge = loom.gauge("a.b", "Help.").with();
        Rivals.race(thread -> {
            for (int i = 0; i < 10_000; i++) {
                gauge.increment();
                gauge.add(thread % 2 == 0 ? 2 : -2);
            }
            return null;
        });

        assertThat(gauge.value()).isEqualTo(10_000 * Rivals.THREADS);
    }

    @Test
    void with_rivalsForNewSeries_shareOneGaugeEach() throws Exception {
        TestLoom roomy = TestLoom.create(builder -> builder.valueBudget(100_000).seriesLimit(100_000));
        GaugeFamily family = roomy.loom().gauge("a.b", "Help.", "kind");
        Rivals.race(thread -> {
            for (int i = 0; i < 2_000; i++) {
                family.with("v" + i).increment();
            }
            return null;
        });

        assertThat(roomy.registry().get("a.b").gauges())
                .hasSize(2_000)
                .allSatisfy(gauge -> assertThat(gauge.value()).isEqualTo(Rivals.THREADS));
    }

    @Test
    void with_wrongNumberOfValues_isCountedNotThrown() {
        loom.gauge("a.b", "Help.", "kind").with("x", "y").set(7);

        assertThat(test.gauge("a.b", "kind", "x")).isEqualTo(7);
        assertThat(test.rejected("a.b", Reason.LABEL_COUNT)).isEqualTo(1);
    }
}
