package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterFamilyTest {
    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    @Test
    void with_asManyValuesAsLabels_countsThatSeries() {
        loom.counter("l0", "Help.").with().increment();
        loom.counter("l1", "Help.", "a").with("1").increment();
        loom.counter("l2", "Help.", "a", "b").with("1", "2").increment();
        loom.counter("l3", "Help.", "a", "b", "c").with("1", "2", "3").increment();
        loom.counter("l4", "Help.", "a", "b", "c", "d").with("1", "2", "3", "4").increment();
        loom.counter("l5", "Help.", "a", "b", "c", "d", "e")
                .with("1", "2", "3", "4", "5")
                .increment();

        assertThat(test.count("l0")).isEqualTo(1);
        assertThat(test.count("l1", "a", "1")).isEqualTo(1);
        assertThat(test.count("l2", "a", "1", "b", "2")).isEqualTo(1);
        assertThat(test.count("l3", "a", "1", "b", "2", "c", "3")).isEqualTo(1);
        assertThat(test.count("l4", "a", "1", "b", "2", "c", "3", "d", "4")).isEqualTo(1);
        assertThat(test.count("l5", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5"))
                .isEqualTo(1);
        assertThat(test.sum("loom.metrics.rejected")).isZero();
    }

    @Test
    void with_sameValues_isTheSameHandle() {
        CounterFamily family = loom.counter("a.b", "Help.", "kind", "size");

        assertThat(family.with("x", "y")).isSameAs(family.with("x", "y")).isSameAs(family.with(new String[] {"x", "y"
        }));
        assertThat(family.with(null, " ")).isSameAs(family.with("unknown", "unknown"));
        assertThat(family.with("x", "y")).isNotSameAs(family.with("y", "x"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "1, 2", "2, 1", "2, 3", "3, 2", "3, 4", "4, 3", "4, 5", "5, 4", "5, 6", "2, 0", "0, 6"})
    void with_wrongNumberOfValues_isCountedNotThrown(int labels, int given) {
        String[] keys = strings("k", labels);
        CounterFamily family = loom.counter("a.b", "Help.", keys);

        CounterSeries series = with(family, strings("v", given));
        series.increment();

        assertThat(test.rejected("a.b", Reason.LABEL_COUNT)).isEqualTo(1);
        String[] tags = new String[2 * labels];
        for (int i = 0; i < labels; i++) {
            tags[2 * i] = keys[i];
            tags[2 * i + 1] = i < given ? "v" + i : "unknown";
        }
        assertThat(test.count("a.b", tags)).isEqualTo(1);
    }

    @Test
    void with_exactlySixValues_isNotRejected() {
        loom.counter("a.b", "Help.", strings("k", 6)).with(strings("v", 6)).increment();

        assertThat(test.sum("loom.metrics.rejected")).isZero();
        assertThat(test.sum("a.b")).isEqualTo(1);
    }

    @Test
    void increment_byAnAmount_addsIt() {
        CounterSeries series = loom.counter("a.b", "Help.", "kind").with("x");

        assertThat(test.deltas(() -> {
                    series.increment(2.5);
                    series.increment(0);
                    series.increment();
                }))
                .isEqualTo(Map.of("a.b{kind=x}", 3.5));
    }

    @Test
    void increment_by2ToThe53_isTheMost() {
        loom.counter("a.b", "Help.").with().increment(0x1p53);

        assertThat(test.count("a.b")).isEqualTo(0x1p53);
        assertThat(test.sum("loom.metrics.rejected")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, NEGATIVE",
        "-4.9E-324, NEGATIVE",
        "-Infinity, NEGATIVE",
        "NaN, NOT_A_NUMBER",
        "9007199254740994, TOO_LARGE",
        "Infinity, TOO_LARGE"
    })
    void increment_impossibleAmount_isRejected(double amount, Reason reason) {
        CounterSeries series = loom.counter("a.b", "Help.").with();

        assertThat(test.deltas(() -> series.increment(amount)))
                .isEqualTo(Map.of("loom.metrics.rejected{meter=a.b,reason=" + reason.label() + "}", 1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void with_blankValue_isUnknown(String blank) {
        loom.counter("a.b", "Help.", "kind").with(blank).increment();

        assertThat(test.count("a.b", "kind", "unknown")).isEqualTo(1);
    }

    @Test
    void counter_help_isTheDescription() {
        loom.counter("a.b", "What it counts.");

        assertThat(test.registry().get("a.b").counter().getId().getDescription())
                .isEqualTo("What it counts.");
    }

    private static CounterSeries with(CounterFamily family, String[] v) {
        return switch (v.length) {
            case 0 -> family.with();
            case 1 -> family.with(v[0]);
            case 2 -> family.with(v[0], v[1]);
            case 3 -> family.with(v[0], v[1], v[2]);
            case 4 -> family.with(v[0], v[1], v[2], v[3]);
            default -> family.with(v);
        };
    }

    private static String[] strings(String prefix, int count) {
        String[] strings = new String[count];
        for (int i = 0; i < count; i++) {
            strings[i] = prefix + i;
        }
        return strings;
    }
}
