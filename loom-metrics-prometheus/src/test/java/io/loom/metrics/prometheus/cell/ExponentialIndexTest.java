package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialIndexTest {
    private static final int OCTAVE = 1 << ExponentialIndex.FINEST;
    private static final double SMALLEST = Math.nextUp(ExponentialBuckets.ZERO_THRESHOLD);

    @Test
    void finest_everyBoundOfAnOctave_isInItsBucketAndTheNextDoubleIsNot() {
        BigDecimal root = BigDecimal.valueOf(2);
        MathContext digits = new MathContext(60);
        for (int i = 0; i < ExponentialIndex.FINEST; i++) {
            root = root.sqrt(digits);
        }
        for (int i = 0; i <= OCTAVE; i++) {
            double bound = root.pow(i, digits).doubleValue();

            assertThat(ExponentialIndex.finest(bound)).as("bound %d", i).isEqualTo(i);
            assertThat(ExponentialIndex.finest(Math.nextUp(bound)))
                    .as("above %d", i)
                    .isEqualTo(i + 1);
            assertThat(ExponentialIndex.finest(Math.nextDown(bound)))
                    .as("below %d", i)
                    .isEqualTo(i);
        }
    }

    @Test
    void finest_powersOfTwo_areWholeOctaves() {
        for (int exponent = -127; exponent <= 1023; exponent++) {
            assertThat(ExponentialIndex.finest(Math.scalb(1.0, exponent))).isEqualTo(exponent * OCTAVE);
        }
        assertThat(ExponentialIndex.finest(Double.MAX_VALUE)).isEqualTo(1024 * OCTAVE);
        assertThat(ExponentialIndex.finest(SMALLEST)).isEqualTo(-128 * OCTAVE + 1);
    }

    @Test
    void finest_randomDoubles_lieBetweenTheBoundsOfTheirBucket() {
        Random random = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            double value = Math.scalb(1 + random.nextDouble(), random.nextInt(1000) - 127);
            int index = ExponentialIndex.finest(value);
            double logarithm =
                    Math.getExponent(value) + Math.log(value / Math.scalb(1.0, Math.getExponent(value))) / Math.log(2);

            assertThat((double) index).isBetween(logarithm * OCTAVE - 1e-9, logarithm * OCTAVE + 1 + 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -1, 0, 1, 3, 7, 8})
    void coarser_anyIndex_isTheBucketThatHoldsTheFinerOne(int schema) {
        int by = ExponentialIndex.FINEST - schema;
        for (int index = -5_000; index <= 5_000; index++) {
            int coarse = ExponentialIndex.coarser(index, by);

            assertThat((long) coarse << by).isGreaterThanOrEqualTo(index);
            assertThat((long) (coarse - 1) << by).isLessThan(index);
        }
    }
}
