package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RejectionsTest {
    private final TestLoom test = TestLoom.create();

    @Test
    void reject_value_isLoggedWithMeterRuleAndValue() {
        try (LogLines log = new LogLines("log.whole")) {
            test.loom().counter("log.whole", "Help.").with().increment(-1);

            assertThat(log.warnings())
                    .containsExactly("log.whole: value must not be negative: was -1.0. It was not recorded;"
                            + " more of the kind are counted in loom_metrics_rejected_total"
                            + " but not logged for a minute.");
        }
    }

    @Test
    void reject_manyValuesOfAMeter_areLoggedOnceAMinuteAndAllCounted() {
        try (LogLines log = new LogLines("log.often")) {
            CounterSeries series = test.loom().counter("log.often", "Help.").with();
            for (int i = 0; i < 10; i++) {
                series.increment(-1);
                series.increment(Double.NaN);
            }
            assertThat(log.warnings()).hasSize(1);

            test.clock().add(Duration.ofMinutes(1).minusNanos(1));
            series.increment(-1);
            assertThat(log.warnings()).hasSize(1);

            test.clock().add(Duration.ofNanos(1));
            series.increment(-1);
            series.increment(-1);
            assertThat(log.warnings()).hasSize(2);
        }
        assertThat(test.rejected("log.often", Reason.NEGATIVE)).isEqualTo(13);
        assertThat(test.rejected("log.often", Reason.NOT_A_NUMBER)).isEqualTo(10);
    }

    @Test
    void reject_valuesOfTwoMeters_areLoggedEach() {
        try (LogLines log = new LogLines("log.two.")) {
            test.loom().counter("log.two.a", "Help.").with().increment(-1);
            test.loom().counter("log.two.b", "Help.").with().increment(-1);

            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void reject_seriesOfOneMeter_shareTheMinute() {
        try (LogLines log = new LogLines("log.shared")) {
            CounterFamily family = test.loom().counter("log.shared", "Help.", "kind");
            family.with("x").increment(-1);
            family.with("y").increment(-1);
            family.with("x", "y");

            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void reject_wrongNumberOfLabelValues_isLoggedWithBoth() {
        try (LogLines log = new LogLines("log.labels")) {
            test.loom().counter("log.labels", "Help.", "kind").with("x", "y");

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("log.labels: ")
                    .contains("must name one value for each label")
                    .contains("2 for [kind]");
        }
    }

    @Test
    void reject_eightThreads_countExactlyAndLogOnce() throws Exception {
        try (LogLines log = new LogLines("log.raced")) {
            TimerSeries series = test.loom().timer("log.raced", "Help.").with();
            Rivals.race(thread -> {
                for (int i = 0; i < 500; i++) {
                    series.recordNanos(-1);
                }
                return null;
            });

            assertThat(log.warnings()).hasSize(1);
        }
        assertThat(test.rejected("log.raced", Reason.NEGATIVE)).isEqualTo(500 * Rivals.THREADS);
    }

    @Test
    void label_ofEachReason_isTheContract() {
        assertThat(Reason.values())
                .extracting(Reason::label)
                .containsExactly(
                        "negative",
                        "not_a_number",
                        "too_large",
                        "out_of_range",
                        "missing",
                        "label_count",
                        "usage_function",
                        "classifier",
                        "tag_function",
                        "registration");
    }
}
