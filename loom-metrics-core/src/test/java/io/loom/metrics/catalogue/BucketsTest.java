package io.loom.metrics.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketsTest {
    @Test
    void of_illegalBounds_saysTheRuleAndTheBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Buckets.of(1, 0.5))
                .withMessage("bucket bounds must be positive, finite and increasing: was [1.0, 0.5]");
    }

    @ParameterizedTest
    @MethodSource
    void of_illegalBounds_areRefused(double... bounds) {
        assertThatIllegalArgumentException().isThrownBy(() -> Buckets.of(bounds));
    }

    static Stream<double[]> of_illegalBounds_areRefused() {
        return Stream.of(
                new double[] {0},
                new double[] {-0.0},
                new double[] {-1},
                new double[] {1, 1},
                new double[] {1, 2, 1.5},
                new double[] {Double.NaN},
                new double[] {1, Double.NaN},
                new double[] {Double.NaN, 1},
                new double[] {Double.POSITIVE_INFINITY},
                new double[] {1, Double.POSITIVE_INFINITY},
                new double[] {Double.NEGATIVE_INFINITY});
    }

    @Test
    void of_callersArrayChangedLater_doesNotReachTheBuckets() {
        double[] bounds = {1, 2};
        Buckets buckets = Buckets.of(bounds);
        bounds[0] = 9;
        buckets.upperBounds()[1] = 9;

        assertThat(buckets.upperBounds()).containsExactly(1, 2);
    }

    @Test
    void of_nothing_isNone() {
        assertThat(Buckets.of()).isEqualTo(Buckets.NONE);
        assertThat(Buckets.NONE.upperBounds()).isEmpty();
    }

    @Test
    void asDurations_everyLayout_isExactInNanoseconds() {
        assertThat(Buckets.of(.0005, .3, 7.5, 120).asDurations())
                .containsExactly(
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(300),
                        Duration.ofMillis(7_500),
                        Duration.ofMinutes(2));
        assertThat(Buckets.NONE.asDurations()).isEmpty();
    }

    @Test
    void equals_sameBounds_areEqualAndHashAlike() {
        Buckets buckets = Buckets.of(1, 2);

        assertThat(buckets).isEqualTo(Buckets.of(1, 2)).hasSameHashCodeAs(Buckets.of(1, 2));
        assertThat(buckets)
                .isNotEqualTo(Buckets.of(1, 3))
                .isNotEqualTo(Buckets.of(1))
                .isNotEqualTo("[1.0, 2.0]");
    }

    @Test
    void toString_ofBuckets_isTheirBounds() {
        assertThat(Buckets.of(.5, 1)).hasToString("[0.5, 1.0]");
    }
}
