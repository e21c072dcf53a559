package io.loom.metrics.prometheus.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoomSummaryTest {
    private static final BucketTexts BUCKETS = new BucketTexts(HistogramLayout.ofAmounts(
            new double[] {0.25, 0.5, 10}, 2, Duration.ofMinutes(1).toNanos()));

    private final MockClock clock = new MockClock();
    private final LoomSummary summary = summary(1);

    @Test
    void summary_new_isEmpty() {
        assertThat(summary.count()).isZero();
        assertThat(summary.totalAmount()).isZero();
        assertThat(summary.max()).isZero();
        assertThat(summary.mean()).isZero();
    }

    @Test
    void record_fractions_goIntoTheirBuckets() {
        summary.record(0.2);
        summary.record(0.25);
        summary.record(0.3);

        assertThat(summary.buckets()[0]).isEqualTo(2);
        assertThat(summary.buckets()[1]).isOne();
        assertThat(summary.totalAmount()).isEqualTo(0.75);
        assertThat(summary.max()).isEqualTo(0.3);
        assertThat(summary.mean()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void record_whatIsNoAmount_isDropped(double amount) {
        summary.record(amount);

        assertThat(summary.count()).isZero();
        assertThat(summary.totalAmount()).isZero();
        assertThat(summary.max()).isZero();
    }

    @Test
    void record_zero_counts() {
        summary.record(0);

        assertThat(summary.count()).isOne();
    }

    @Test
    void record_withAScale_isScaledBeforeBucketing() {
        LoomSummary percent = summary(100);
        percent.record(0.0025);
        percent.record(0.05);
        percent.record(Double.MAX_VALUE);

        assertThat(percent.buckets()[0]).isOne();
        assertThat(percent.buckets()[2]).isOne();
        assertThat(percent.count())
                .as("the third is infinite once it is scaled")
                .isEqualTo(2);
        assertThat(percent.totalAmount()).isEqualTo(5.25);
    }

    @Test
    void max_whenTheWindowHasPassed_isZeroAndTheSumStays() {
        summary.record(7);
        assertThat(summary.max()).isEqualTo(7);

        clock.add(Duration.ofMinutes(2));

        assertThat(summary.max()).isZero();
        assertThat(summary.totalAmount()).isEqualTo(7);
    }

    @Test
    void takeSnapshot_hasTheCumulativeBuckets() {
        summary.record(0.2);
        summary.record(0.3);
        summary.record(11);

        HistogramSnapshot snapshot = summary.takeSnapshot();

        assertThat(snapshot.count()).isEqualTo(3);
        assertThat(snapshot.total()).isEqualTo(11.5);
        assertThat(snapshot.max()).isEqualTo(11);
        assertThat(snapshot.percentileValues()).isEmpty();
        assertThat(snapshot.histogramCounts())
                .extracting(CountAtBucket::bucket, CountAtBucket::count)
                .containsExactly(tuple(0.25, 1.0), tuple(0.5, 2.0), tuple(10.0, 2.0));
    }

    private LoomSummary summary(double scale) {
        Meter.Id id = new Meter.Id("words", Tags.empty(), null, null, Meter.Type.DISTRIBUTION_SUMMARY);
        return new LoomSummary(id, clock, BUCKETS, scale, null);
    }
}
