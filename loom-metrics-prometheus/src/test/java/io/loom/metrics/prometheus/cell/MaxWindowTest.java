package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of the maximum of a {@link HistogramCell}: three steps of 100. */
class MaxWindowTest {
    private final HistogramCell cell = new HistogramCell(HistogramLayout.ofNanos(new double[0], 3, 100));

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, -1_000, -100, Long.MIN_VALUE + 8, Long.MAX_VALUE - 307})
    void max_readOnceAStep_isVisibleForTheWindowAndThenGone(long start) {
        cell.recordNanos(5);

        assertThat(cell.maxNanos(start)).isEqualTo(5);
        assertThat(cell.maxNanos(start + 100)).isEqualTo(5);
        assertThat(cell.maxNanos(start + 200)).isEqualTo(5);
        assertThat(cell.maxNanos(start + 300)).isZero();
    }

    @Test
    void max_readOftenInAStep_doesNotAge() {
        cell.recordNanos(5);

        for (int i = 0; i < 100; i++) {
            assertThat(cell.maxNanos(1_000 + i)).isEqualTo(5);
        }
    }

    @Test
    void max_nothingRecordedSince_isGoneAfterOneLongGap() {
        cell.recordNanos(5);
        cell.maxNanos(1_000);

        assertThat(cell.maxNanos(1_000_000)).isZero();
    }

    @Test
    void max_firstReadAfterALongGap_isTheLargestSinceTheReadBefore() {
        cell.recordNanos(9);
        cell.maxNanos(1_000);
        cell.recordNanos(7);
        cell.recordNanos(3);

        assertThat(cell.maxNanos(50_000)).isEqualTo(7);
    }

    @Test
    void max_smallerValuesLater_takeOverWhenTheLargerLeaves() {
        cell.recordNanos(9);
        cell.maxNanos(1_000);
        cell.recordNanos(4);
        cell.maxNanos(1_100);
        cell.recordNanos(2);

        assertThat(cell.maxNanos(1_200)).isEqualTo(9);
        assertThat(cell.maxNanos(1_300)).isEqualTo(4);
        assertThat(cell.maxNanos(1_400)).isEqualTo(2);
        assertThat(cell.maxNanos(1_500)).isZero();
    }

    @Test
    void max_stepsSkippedInBetween_ageAllTheSame() {
        cell.recordNanos(9);
        cell.maxNanos(1_000);
        cell.recordNanos(4);

        assertThat(cell.maxNanos(1_200)).isEqualTo(9);
        assertThat(cell.maxNanos(1_400)).isEqualTo(4);
        assertThat(cell.maxNanos(1_500)).isZero();
    }

    @Test
    void max_ofAmounts_isTurnedTheSameWay() {
        HistogramCell amounts = new HistogramCell(HistogramLayout.ofAmounts(new double[] {1}, 2, 100));
        amounts.recordAmount(0.125);

        assertThat(amounts.maxAmount(-150)).isEqualTo(0.125);
        assertThat(amounts.maxAmount(-50)).isEqualTo(0.125);
        assertThat(amounts.maxAmount(50)).isZero();
    }

    /** Whoever looks while another turns the window must not miss what is on its way from one slot to the next. */
    @Test
    void max_readByManyInOneStep_isNeverLessThanWhatTheReaderRecordedBefore() throws Exception {
        AtomicLong next = new AtomicLong();

        Race.run(4, number -> {
            for (int i = 0; i < 200_000; i++) {
                long value = next.incrementAndGet();
                cell.recordNanos(value);
                long max = cell.maxNanos(1_000);
                if (max < value) {
                    assertThat(max).as("maximum after %d was recorded", value).isGreaterThanOrEqualTo(value);
                }
            }
        });

        assertThat(cell.maxNanos(1_000)).isEqualTo(next.get());
    }
}
