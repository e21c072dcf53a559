package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.catalogue.LoomMeter;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistogramLayoutTest {
    private static final int SLOTS = 3;
    private static final long STEP = 1_000;
    private static final int RANDOM_VALUES = 100_000;
    private static final int RANDOM_LAYOUTS = 200;

    @ParameterizedTest
    @MethodSource("catalogued")
    void indexOf_cataloguedDurations_isThatOfALinearSearch(Buckets buckets) {
        double[] nanos = Arrays.stream(buckets.upperBounds())
                .map(seconds -> Math.rint(seconds * 1e9))
                .toArray();

        assertNanosAreFound(nanos, new Random(1), RANDOM_VALUES);
    }

    @ParameterizedTest
    @MethodSource("catalogued")
    void indexOf_cataloguedAmounts_isThatOfALinearSearch(Buckets buckets) {
        assertAmountsAreFound(buckets.upperBounds(), new Random(2), RANDOM_VALUES);
    }

    @Test
    void indexOf_durationsInRandomLayouts_isThatOfALinearSearch() {
        Random random = new Random(3);
        for (int i = 0; i < RANDOM_LAYOUTS; i++) {
            int size = 1 + random.nextInt(60);
            long lowest = randomNanos(random) >>> 8;
            boolean crowded = random.nextBoolean();
            double[] bounds = LongStream.generate(
                            () -> crowded ? lowest + 1 + random.nextInt(2_000) : 1 + (randomNanos(random) >>> 1))
                    .distinct()
                    .limit(size)
                    .sorted()
                    .asDoubleStream()
                    .distinct()
                    .toArray();

            assertNanosAreFound(bounds, random, RANDOM_VALUES / RANDOM_LAYOUTS);
        }
    }

    @Test
    void indexOf_amountsInRandomLayouts_isThatOfALinearSearch() {
        Random random = new Random(4);
        for (int i = 0; i < RANDOM_LAYOUTS; i++) {
            int size = 1 + random.nextInt(60);
            double lowest = randomAmount(random);
            boolean crowded = random.nextBoolean();
            double[] bounds = DoubleStream.generate(
                            () -> crowded ? lowest * (1 + random.nextDouble()) : randomAmount(random))
                    .filter(bound -> bound > 0 && bound <= Double.MAX_VALUE)
                    .distinct()
                    .limit(size)
                    .sorted()
                    .toArray();

            assertAmountsAreFound(bounds, random, RANDOM_VALUES / RANDOM_LAYOUTS);
        }
    }

    @Test
    void indexOf_inALayoutAtTheEndsOfTheRange_isThatOfALinearSearch() {
        assertNanosAreFound(new double[] {1, 2, Long.MAX_VALUE}, new Random(5), 1_000);
        assertAmountsAreFound(new double[] {Double.MIN_VALUE, 1, Double.MAX_VALUE}, new Random(6), 1_000);
    }

    @Test
    void upperBounds_ofDurations_areInSecondsAndACopy() {
        HistogramLayout layout = HistogramLayout.ofNanos(new double[] {5e6, 1e8, 2e9}, SLOTS, STEP);
        layout.upperBounds()[0] = 7;

        assertThat(layout.upperBounds()).containsExactly(0.005, 0.1, 2.0);
        assertThat(layout.isNanos()).isTrue();
        assertThat(layout.bucketCount()).isEqualTo(4);
    }

    @Test
    void upperBounds_ofAmounts_areAsTheyWereAndACopy() {
        double[] given = {0.25, 10};
        HistogramLayout layout = HistogramLayout.ofAmounts(given, SLOTS, STEP);
        given[0] = 7;
        layout.upperBounds()[0] = 7;

        assertThat(layout.upperBounds()).containsExactly(0.25, 10);
        assertThat(layout.isNanos()).isFalse();
        assertThat(layout.bucketCount()).isEqualTo(3);
    }

    @Test
    void equals_sameBoundsKindAndWindow_isTheSameLayout() {
        HistogramLayout layout = HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS, STEP);

        assertThat(layout)
                .isEqualTo(HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS, STEP))
                .hasSameHashCodeAs(HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS, STEP));
    }

    @Test
    void equals_anyPartDiffers_isAnotherLayout() {
        HistogramLayout layout = HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS, STEP);
        double[] sameKeys = {Double.longBitsToDouble(1), Double.longBitsToDouble(2)};

        assertThat(layout)
                .isNotEqualTo(HistogramLayout.ofNanos(new double[] {1, 3}, SLOTS, STEP))
                .isNotEqualTo(HistogramLayout.ofNanos(new double[] {1}, SLOTS, STEP))
                .isNotEqualTo(HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS + 1, STEP))
                .isNotEqualTo(HistogramLayout.ofNanos(new double[] {1, 2}, SLOTS, STEP + 1))
                .isNotEqualTo(HistogramLayout.ofAmounts(sameKeys, SLOTS, STEP));
    }

    static Stream<Buckets> catalogued() {
        return Arrays.stream(LoomMeter.values())
                .map(meter -> meter.spec().buckets())
                .distinct();
    }

    private static void assertNanosAreFound(double[] bounds, Random random, int values) {
        HistogramLayout layout = HistogramLayout.ofNanos(bounds, SLOTS, STEP);
        LongStream atTheBounds = Arrays.stream(bounds)
                .mapToLong(bound -> (long) bound)
                .flatMap(bound -> LongStream.of(bound - 1, bound, bound + 1));
        LongStream all = LongStream.concat(
                LongStream.concat(atTheBounds, LongStream.of(0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE)),
                LongStream.generate(() -> randomNanos(random)).limit(values));
        all.filter(value -> value >= 0).forEach(value -> {
            int expected = linear(bounds.length, i -> value <= (long) bounds[i]);
            if (layout.indexOf(value) != expected) {
                assertThat(layout.indexOf(value))
                        .as("bucket of %d in %s", value, Arrays.toString(bounds))
                        .isEqualTo(expected);
            }
        });
    }

    private static void assertAmountsAreFound(double[] bounds, Random random, int values) {
        HistogramLayout layout = HistogramLayout.ofAmounts(bounds, SLOTS, STEP);
        DoubleStream atTheBounds = Arrays.stream(bounds)
                .flatMap(bound -> DoubleStream.of(Math.nextDown(bound), bound, Math.nextUp(bound)));
        DoubleStream all = DoubleStream.concat(
                DoubleStream.concat(atTheBounds, DoubleStream.of(0, Double.MIN_VALUE, 1, Double.MAX_VALUE)),
                DoubleStream.generate(() -> randomAmount(random)).limit(values));
        all.filter(value -> value <= Double.MAX_VALUE).forEach(value -> {
            int expected = linear(bounds.length, i -> value <= bounds[i]);
            int found = layout.indexOf(Double.doubleToRawLongBits(value));
            if (found != expected) {
                assertThat(found)
                        .as("bucket of %s in %s", value, Arrays.toString(bounds))
                        .isEqualTo(expected);
            }
        });
    }

    private static int linear(int bounds, IntPredicate within) {
        for (int i = 0; i < bounds; i++) {
            if (within.test(i)) {
                return i;
            }
        }
        return bounds;
    }

    /** Any magnitude is as likely as any other. */
    private static long randomNanos(Random random) {
        return (random.nextLong() >>> 1) >>> random.nextInt(63);
    }

    private static double randomAmount(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextDouble() * 400;
            case 1 -> Math.scalb(random.nextDouble(), random.nextInt(200) - 100);
            default -> Double.longBitsToDouble(random.nextLong() >>> 1 & 0x7FEF_FFFF_FFFF_FFFFL);
        };
    }
}
