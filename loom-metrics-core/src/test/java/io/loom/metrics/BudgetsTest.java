package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final String[] ENDPOINTS = {"meter", "http.requests", "label", "endpoint"};

    @Test
    void budget_default_admits200ValuesAndFoldsTheRest() {
        TestLoom test = TestLoom.create();
        assertThat(test.count("loom.metrics.overflow", ENDPOINTS)).isZero();
        for (int i = 0; i < 203; i++) {
            record(test, "/e" + i + "e");
        }
        record(test, "/e0e");

        assertThat(test.count("loom.metrics.overflow", ENDPOINTS)).isEqualTo(3);
        assertThat(test.gauge("loom.metrics.series", "meter", "http.requests")).isEqualTo(201);
        assertThat(test.count("http.requests", "endpoint", "other", "status", "200"))
                .isEqualTo(3);
        assertThat(test.count("http.requests", "endpoint", "/e0e", "status", "200"))
                .isEqualTo(2);
        assertThat(test.count("http.requests", "endpoint", "/e199e", "status", "200"))
                .isEqualTo(1);
        assertThat(test.registry()
                        .find("http.requests")
                        .tag("endpoint", "/e200e")
                        .meters())
                .isEmpty();
        assertThat(test.sum("http.requests")).isEqualTo(204);
    }

    @Test
    void budget_setForAll_holdsForEveryOpenLabel() {
        TestLoom test = TestLoom.create(builder -> builder.valueBudget(10));
        CounterFamily family = test.loom().counter("a.b", "Help.", "kind");
        for (int i = 0; i < 12; i++) {
            family.with("v" + i).increment();
            test.loom().cache("c" + i).hit();
        }

        assertThat(test.count("a.b", "kind", "other")).isEqualTo(2);
        assertThat(test.count("loom.cache.hits", "cache_type", "other")).isEqualTo(2);
        assertThat(test.count("loom.metrics.overflow", "meter", "a.b", "label", "kind"))
                .isEqualTo(2);
        assertThat(test.count("loom.metrics.overflow", "meter", "loom.cache.hits", "label", "cache_type"))
                .isEqualTo(2);
    }

    @Test
    void budget_setForALabel_holdsForThatLabelOnly() {
        TestLoom test = TestLoom.create(builder -> builder.valueBudget("a.b", "kind", 1));
        CounterFamily family = test.loom().counter("a.b", "Help.", "kind", "size");
        for (int i = 0; i < 20; i++) {
            family.with("k" + i, "s" + i).increment();
        }

        assertThat(test.count("a.b", "kind", "k0", "size", "s0")).isEqualTo(1);
        assertThat(test.count("a.b", "kind", "other", "size", "s19")).isEqualTo(1);
        assertThat(test.count("loom.metrics.overflow", "meter", "a.b", "label", "kind"))
                .isEqualTo(19);
        assertThat(test.count("loom.metrics.overflow", "meter", "a.b", "label", "size"))
                .isZero();
    }

    @Test
    void budget_spentUnderEightThreads_foldsExactlyTheRestAndWarnsOnce() throws Exception {
        TestLoom test = TestLoom.create(builder -> builder.valueBudget("raced.values", "kind", 50));
        CounterFamily family = test.loom().counter("raced.values", "Help.", "kind");
        try (LogLines log = new LogLines("raced.values")) {
            Rivals.race(thread -> {
                for (int i = 0; i < 500; i++) {
                    family.with(thread + ":" + i).increment();
                }
                return null;
            });

            assertThat(log.warnings()).hasSize(1);
        }
        int folded = 500 * Rivals.THREADS - 50;
        assertThat(test.count("loom.metrics.overflow", "meter", "raced.values", "label", "kind"))
                .isEqualTo(folded);
        assertThat(test.count("raced.values", "kind", "other")).isEqualTo(folded);
        assertThat(test.gauge("loom.metrics.series", "meter", "raced.values")).isEqualTo(51);
        assertThat(test.sum("raced.values")).isEqualTo(500 * Rivals.THREADS);
    }

    @Test
    void budget_spent_isLoggedOnceWithTheRemedy() {
        TestLoom test = TestLoom.create(builder -> builder.valueBudget("log.budget", "kind", 2));
        try (LogLines log = new LogLines("log.budget")) {
            for (int i = 0; i < 10; i++) {
                test.loom().counter("log.budget", "Help.", "kind").with("v" + i);
            }

            assertThat(log.warnings())
                    .containsExactly("log.budget: label kind has too many values: new ones become \"other\" and are"
                            + " counted in loom_metrics_overflow_total. It may have 2 values, and the meter 1000"
                            + " combinations. Give it fewer, or raise valueBudget(\"log.budget\", \"kind\", n) or"
                            + " seriesLimit(n) where LoomMetrics is built.");
        }
    }

    @Test
    void valueBudget_belowOne_saysSubjectRuleAndValue() {
        LoomMetricsBuilder builder = LoomMetrics.builder(TestLoom.create().registry());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.valueBudget(0))
                .withMessage("value budget must be at least 1: was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.valueBudget("http.requests", "endpoint", -5))
                .withMessage("value budget of label endpoint of http.requests must be at least 1: was -5");
    }

    @Test
    void of_labelWithoutABudgetOfItsOwn_isTheStandard() {
        Budgets budgets = new Budgets(7, Map.of(Budgets.key("a.b", "kind"), 3), 50);

        assertThat(budgets.of("a.b", "kind")).isEqualTo(3);
        assertThat(budgets.of("a.b", "size")).isEqualTo(7);
        assertThat(Budgets.DEFAULT.of("a.b", "kind")).isEqualTo(200);
    }

    private static void record(TestLoom test, String endpoint) {
        test.loom().http().record("GET", endpoint, 200, Duration.ZERO);
    }
}
