package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.catalogue.Buckets;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerFamilyTest {
    private final TestLoom test = TestLoom.create();
    private final LoomMetrics loom = test.loom();

    @Test
    void with_asManyValuesAsLabels_timesThatSeries() {
        Duration second = Duration.ofSeconds(1);
        loom.timer("l0", "Help.").with().record(second);
        loom.timer("l1", "Help.", "a").with("1").record(second);
        loom.timer("l2", "Help.", "a", "b").with("1", "2").record(second);
        loom.timer("l3", "Help.", "a", "b", "c").with("1", "2", "3").record(second);
        loom.timer("l4", "Help.", "a", "b", "c", "d").with("1", "2", "3", "4").record(second);
        loom.timer("l5", "Help.", "a", "b", "c", "d", "e")
                .with("1", "2", "3", "4", "5")
                .record(second);

        assertThat(test.timer("l0").count()).isEqualTo(1);
        assertThat(test.timer("l1", "a", "1").count()).isEqualTo(1);
        assertThat(test.timer("l2", "a", "1", "b", "2").count()).isEqualTo(1);
        assertThat(test.timer("l3", "a", "1", "b", "2", "c", "3").count()).isEqualTo(1);
        assertThat(test.timer("l4", "a", "1", "b", "2", "c", "3", "d", "4").count())
                .isEqualTo(1);
        assertThat(test.timer("l5", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void timer_withoutBuckets_hasThoseOfHttp() {
        loom.timer("a.b", "Help.");

        assertThat(bounds(test.timer("a.b"))).containsExactly(Buckets.HTTP.upperBounds());
    }

    @Test
    void timer_withBuckets_countsUpToEachBound() {
        TimerSeries series =
                loom.timer("a.b", "Help.", Buckets.of(.5, 1, 2), "kind").with("x");
        series.record(Duration.ofMillis(500));
        series.record(Duration.ofMillis(501));
        series.record(Duration.ofSeconds(3));

        CountAtBucket[] buckets = test.timer("a.b").takeSnapshot().histogramCounts();
        assertThat(bounds(test.timer("a.b"))).containsExactly(.5, 1, 2);
        assertThat(Arrays.stream(buckets).mapToDouble(CountAtBucket::count)).containsExactly(1.0, 2.0, 2.0);
    }

    @Test
    void record_duration_countsAndSums() {
        TimerSeries series = loom.timer("a.b", "Help.", "kind").with("x");

        assertThat(test.deltas(() -> {
                    series.record(Duration.ofMillis(1_500));
                    series.recordNanos(250_000_000);
                }))
                .isEqualTo(Map.of("a.b{kind=x} count", 2.0, "a.b{kind=x} seconds", 1.75));
    }

    @ParameterizedTest
    @CsvSource({
        ", MISSING",
        "PT-0.000000001S, NEGATIVE",
        "PT8760H0.000000001S, TOO_LARGE",
        "PT2562047788015215H, TOO_LARGE"
    })
    void record_impossibleDuration_isRejected(Duration elapsed, Reason reason) {
        TimerSeries series = loom.timer("a.b", "Help.").with();

        assertThat(test.deltas(() -> series.record(elapsed)))
                .isEqualTo(Map.of("loom.metrics.rejected{meter=a.b,reason=" + reason.label() + "}", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"-1, NEGATIVE", "31536000000000001, TOO_LARGE", "9223372036854775807, TOO_LARGE"})
    void recordNanos_impossibleDuration_isRejected(long elapsedNanos, Reason reason) {
        TimerSeries series = loom.timer("a.b", "Help.").with();

        assertThat(test.deltas(() -> series.recordNanos(elapsedNanos)))
                .isEqualTo(Map.of("loom.metrics.rejected{meter=a.b,reason=" + reason.label() + "}", 1.0));
    }

    @Test
    void time_work_returnsItsValueAndTimesIt() {
        TimerSeries series = loom.timer("a.b", "Help.").with();

        String value = series.time(() -> {
            test.clock().add(Duration.ofSeconds(2));
            return "done";
        });

        assertThat(value).isEqualTo("done");
        assertThat(test.timer("a.b").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void time_workThatThrows_timesItAndLetsTheSameInstanceThrough() {
        TimerSeries series = loom.timer("a.b", "Help.").with();
        IOException failure = new IOException();

        assertThatThrownBy(() -> series.time(() -> {
                    test.clock().add(Duration.ofSeconds(2));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(test.timer("a.b").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void run_work_timesItWhetherItReturnsOrThrows() {
        TimerSeries series = loom.timer("a.b", "Help.").with();
        series.run(() -> test.clock().add(Duration.ofSeconds(2)));

        assertThatThrownBy(() -> series.run(() -> {
                    test.clock().add(Duration.ofSeconds(1));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(test.timer("a.b").count()).isEqualTo(2);
        assertThat(test.timer("a.b").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void with_wrongNumberOfValues_isCountedNotThrown() {
        loom.timer("a.b", "Help.", "kind", "size").with("x").recordNanos(1);

        assertThat(test.timer("a.b", "kind", "x", "size", "unknown").count()).isEqualTo(1);
        assertThat(test.rejected("a.b", Reason.LABEL_COUNT)).isEqualTo(1);
    }

    private static double[] bounds(Timer timer) {
        return Arrays.stream(timer.takeSnapshot().histogramCounts())
                .mapToDouble(bucket -> bucket.bucket(TimeUnit.SECONDS))
                .toArray();
    }
}
