package io.loom.metrics.prometheus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    private static final double[] BOUNDS = {0.1, 0.5, 1, 5};

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.3", // 5 of 20: 3 lie below 0.1, so 2 of the 4 between 0.1 and 0.5
        "0.35, 0.5", // the last of a bucket is at its bound
        "0.5, 0.8", // 10: 3 of the 5 between 0.5 and 1
        "0.15, 0.1",
        "0.05, 0.03333333333333333", // the first bucket begins at 0
        "0.9, 5", // 18: beyond the last bound
        "1, 5"
    })
    void quantile_ofKnownBuckets_isInterpolatedInTheBucket(double q, double expected) {
        Histogram histogram = new Histogram(BOUNDS, new double[] {3, 7, 12, 12, 20}, 1);

        assertThat(histogram.quantile(q)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void quantile_withoutValuesOrBounds_isNotKnown() {
        assertThat(new Histogram(BOUNDS, new double[5], 0).quantile(0.5)).isNaN();
        assertThat(Histogram.ofSummary(3, 6).quantile(0.5)).isNaN();
    }

    @Test
    void quantile_ofABucketAtZero_isItsBound() {
        assertThat(new Histogram(new double[] {0, 1}, new double[] {2, 2, 2}, 0).quantile(0.5))
                .isZero();
        assertThat(new Histogram(new double[] {-1, 1}, new double[] {2, 2, 2}, 0).quantile(0.5))
                .isEqualTo(-1);
    }

    /** PromQL sees to it that buckets do not fall, as they may where layouts are mixed. */
    @Test
    void quantile_whereABucketFalls_takesTheOneBefore() {
        assertThat(new Histogram(BOUNDS, new double[] {4, 2, 8, 8, 8}, 1).quantile(0.75))
                .isEqualTo(0.5 + 0.5 * (6 - 4) / (8 - 4));
    }

    @Test
    void quantile_ofRandomBuckets_isThatOfAnotherComputation() {
        Random random = new Random(20_261_126);
        for (int round = 0; round < 2_000; round++) {
            double[] bounds = random.doubles(1 + random.nextInt(16), 0.001, 300)
                    .sorted()
                    .distinct()
                    .toArray();
            long[] inBuckets = random.longs(bounds.length + 1, 0, 50).toArray();
            inBuckets[random.nextInt(inBuckets.length)]++;
            double q = random.nextDouble();

            assertThat(new Histogram(bounds, cumulative(inBuckets), 0).quantile(q))
                    .as("round %d", round)
                    .isCloseTo(spread(bounds, inBuckets, q), within(1e-9));
        }
    }

    @Test
    void plus_ofTheSameBounds_addsBucketsAndSum() {
        Histogram one = new Histogram(BOUNDS, new double[] {1, 2, 3, 4, 5}, 6);

        assertThat(one.plus(new Histogram(BOUNDS, new double[] {10, 20, 30, 40, 50}, 60)))
                .isEqualTo(new Histogram(BOUNDS, new double[] {11, 22, 33, 44, 55}, 66));
    }

    @Test
    void plus_ofOtherBounds_countsAtEachBoundThoseWhoHaveIt() {
        Histogram one = new Histogram(new double[] {1, 2}, new double[] {1, 2, 3}, 4);

        assertThat(one.plus(new Histogram(new double[] {2, 3}, new double[] {10, 20, 30}, 40)))
                .isEqualTo(new Histogram(new double[] {1, 2, 3}, new double[] {1, 12, 20, 33}, 44));
    }

    @Test
    void since_anEarlierState_isTheIncrease() {
        Histogram now = new Histogram(BOUNDS, new double[] {11, 22, 33, 44, 55}, 66);

        assertThat(now.since(new Histogram(BOUNDS, new double[] {1, 2, 3, 4, 5}, 6)))
                .isEqualTo(new Histogram(BOUNDS, new double[] {10, 20, 30, 40, 50}, 60));
        assertThat(now.since(null)).isSameAs(now);
    }

    @Test
    void since_aLargerState_isNothing() {
        Histogram now = new Histogram(BOUNDS, new double[] {1, 2, 3, 4, 5}, 6);

        assertThat(now.since(new Histogram(BOUNDS, new double[] {2, 3, 4, 5, 6}, 7)))
                .isEqualTo(new Histogram(BOUNDS, new double[5], 0));
    }

    @Test
    void mean_isSumByCount() {
        assertThat(Histogram.ofSummary(4, 6).mean()).isEqualTo(1.5);
        assertThat(Histogram.ofSummary(0, 0).mean()).isNaN();
    }

    private static double[] cumulative(long[] inBuckets) {
        double[] counts = new double[inBuckets.length];
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += inBuckets[i];
            counts[i] = count;
        }
        return counts;
    }

    /** Walks down from the top, over what lies above. */
    private static double spread(double[] bounds, long[] inBuckets, double q) {
        long all = 0;
        for (long each : inBuckets) {
            all += each;
        }
        double above = (1 - q) * all - inBuckets[bounds.length];
        if (above < 0) {
            return bounds[bounds.length - 1];
        }
        for (int i = bounds.length - 1; i >= 0; i--) {
            if (above < inBuckets[i]) {
                double width = bounds[i] - (i == 0 ? 0 : bounds[i - 1]);
                return bounds[i] - width * above / inBuckets[i];
            }
            above -= inBuckets[i];
        }
        return 0;
    }
}
