package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fallbacks have four labels, so that few models make many combinations. */
class LlmFallbacksTest {
    private static final String FALLBACKS = "loom.llm.fallbacks";

    private final TestLoom test = TestLoom.create();

    @Test
    void fallbacks_moreCombinationsThanTheLimit_foldAndTheirSumStaysExact() {
        LlmMeter[] models = models(40);
        for (LlmMeter from : models) {
            for (LlmMeter to : models) {
                from.fellBackTo(to);
            }
        }

        assertThat(test.gauge("loom.metrics.series", "meter", FALLBACKS)).isEqualTo(1_040);
        assertThat(test.registry().find(FALLBACKS).counters()).hasSize(1_040);
        assertThat(test.sum(FALLBACKS)).isEqualTo(1_600);
        assertThat(test.count("loom.metrics.overflow", "meter", FALLBACKS, "label", "model"))
                .isEqualTo(600);
        assertThat(sumTo("m7")).isEqualTo(40);
    }

    @Test
    void fallbacks_betweenModelsInTheirBudget_spendNoneOfIt() {
        TestLoom small = TestLoom.create(builder -> builder.valueBudget(2));
        LlmMeter a = small.loom().llm("p", "a");
        LlmMeter b = small.loom().llm("q", "b");
        a.fellBackTo(b);
        b.fellBackTo(a);

        assertThat(small.registry().find(FALLBACKS).counters()).hasSize(2);
        assertThat(small.sum("loom.metrics.overflow")).isZero();
        assertThat(small.count(FALLBACKS, "model", "a", "to_model", "b")).isOne();
    }

    @Test
    void fallbacks_fold_isLoggedWithTheOneSettingThatHelps() {
        TestLoom small = TestLoom.create(builder -> builder.seriesLimit(3));
        LlmMeter[] models = {
            small.loom().llm("p", "a"), small.loom().llm("p", "b"), small.loom().llm("p", "c")
        };
        try (LogLines log = new LogLines(FALLBACKS)) {
            for (LlmMeter from : models) {
                for (LlmMeter to : models) {
                    from.fellBackTo(to);
                }
            }

            assertThat(log.warnings())
                    .containsExactly(
                            "loom.llm.fallbacks: label model has too many values: new ones become \"other\" and are"
                                    + " counted in loom_metrics_overflow_total. The meter may have 3 combinations. Give it fewer,"
                                    + " or raise seriesLimit(n) where LoomMetrics is built.");
        }
    }

    private LlmMeter[] models(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> test.loom().llm("p", "m" + i))
                .toArray(LlmMeter[]::new);
    }

    private double sumTo(String model) {
        return test.registry().find(FALLBACKS).tag("to_model", model).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
