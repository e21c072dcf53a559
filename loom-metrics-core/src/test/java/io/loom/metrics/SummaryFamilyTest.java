package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryFamilyTest {
    private static final Buckets NONE = Buckets.NONE;

    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    @Test
    void with_asManyValuesAsLabels_recordsThatSeries() {
        loom.summary("l0", "Help.", NONE).with().record(10);
        loom.summary("l1", "Help.", NONE, "a").with("1").record(11);
        loom.summary("l2", "Help.", NONE, "a", "b").with("1", "2").record(12);
        loom.summary("l3", "Help.", NONE, "a", "b", "c").with("1", "2", "3").record(13);
        loom.summary("l4", "Help.", NONE, "a", "b", "c", "d")
                .with("1", "2", "3", "4")
                .record(14);
        loom.summary("l5", "Help.", NONE, "a", "b", "c", "d", "e")
                .with("1", "2", "3", "4", "5")
                .record(15);

        assertThat(summary("l0").totalAmount()).isEqualTo(10);
        assertThat(summary("l1", "a", "1").totalAmount()).isEqualTo(11);
        assertThat(summary("l2", "a", "1", "b", "2").totalAmount()).isEqualTo(12);
        assertThat(summary("l3", "a", "1", "b", "2", "c", "3").totalAmount()).isEqualTo(13);
        assertThat(summary("l4", "a", "1", "b", "2", "c", "3", "d", "4").totalAmount())
                .isEqualTo(14);
        assertThat(summary("l5", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5")
                        .totalAmount())
                .isEqualTo(15);
    }

    @Test
    void record_amounts_countsUpToEachBound() {
        SummarySeries series = loom.summary("a.b", "Help.", Buckets.of(1, 10)).with();
        series.record(1);
        series.record(2);
        series.record(11);

        CountAtBucket[] buckets = summary("a.b").takeSnapshot().histogramCounts();
        assertThat(Arrays.stream(buckets).mapToDouble(CountAtBucket::bucket)).containsExactly(1.0, 10.0);
        assertThat(Arrays.stream(buckets).mapToDouble(CountAtBucket::count)).containsExactly(1.0, 2.0);
    }

    @Test
    void record_amount_countsAndSums() {
        SummarySeries series = loom.summary("a.b", "Help.", NONE, "kind").with("x");

        assertThat(test.deltas(() -> {
                    series.record(0);
                    series.record(2.5);
                    series.record(1);
                }))
                .isEqualTo(Map.of("a.b{kind=x} count", 3.0, "a.b{kind=x} total", 3.5));
    }

    @Test
    void record_largestDouble_isTheMost() {
        loom.summary("a.b", "Help.", NONE).with().record(Double.MAX_VALUE);

        assertThat(summary("a.b").totalAmount()).isEqualTo(Double.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"-1, NEGATIVE", "-4.9E-324, NEGATIVE", "-Infinity, NEGATIVE", "NaN, NOT_A_NUMBER", "Infinity, TOO_LARGE"
    })
    void record_impossibleAmount_isRejected(double amount, Reason reason) {
        SummarySeries series = loom.summary("a.b", "Help.", NONE).with();

        assertThat(test.deltas(() -> series.record(amount)))
                .isEqualTo(Map.of("loom.metrics.rejected{meter=a.b,reason=" + reason.label() + "}", 1.0));
    }

    @Test
    void with_wrongNumberOfValues_isCountedNotThrown() {
        loom.summary("a.b", "Help.", NONE, "kind").with("x", "y", "z").record(7);

        assertThat(summary("a.b", "kind", "x").totalAmount()).isEqualTo(7);
        assertThat(test.rejected("a.b", Reason.LABEL_COUNT)).isEqualTo(1);
    }

    private DistributionSummary summary(String name, String... tags) {
        return test.registry().get(name).tags(tags).summary();
    }
}
