package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import io.loom.metrics.spi.CountedDurations;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountedCellTest {
    private static final int TIMES = 50_000;
    private static final int WRITERS = 4;

    private final HistogramCell cell =
            new HistogramCell(HistogramLayout.ofNanos(new double[] {10, 100, 1_000}, 3, 1_000));

    @Test
    void count_whateverIsTakenFirst_isTheRest() {
        CountedDurations rare = cell.tally();
        CountedDurations frequent = cell.branch();
        CountedDurations rarer = cell.tally();
        put(frequent, 5);
        put(rare, 3);
        put(rarer, 2);

        assertThat(Stream.of(frequent, rare, rarer).map(CountedDurations::count))
                .containsExactly(5L, 3L, 2L);
        assertThat(cell.count()).isEqualTo(10);
        assertThat(cell.sumNanos()).isEqualTo(10 * 50);
    }

    @Test
    void count_moreRareOnesThanOneBlockHas_isTheRest() {
        List<CountedDurations> rare =
                Stream.generate(cell::tally).limit(1 + 2 * Tallies.SIZE).toList();
        CountedDurations frequent = cell.branch();
        put(frequent, 7);
        rare.forEach(each -> put(each, 1));

        assertThat(frequent.count()).isEqualTo(7);
        assertThat(cell.count()).isEqualTo(7 + rare.size());
    }

    @Test
    void branch_ofSeveral_eachIsCountedApart() {
        CountedDurations first = cell.branch();
        CountedDurations second = cell.branch();
        CountedDurations rare = cell.tally();
        put(first, 5);
        put(second, 3);
        put(rare, 2);

        assertThat(Stream.of(first, second, rare).map(CountedDurations::count)).containsExactly(5L, 3L, 2L);
        assertThat(cell.count()).isEqualTo(10);
    }

    @Test
    void count_besideRareOnes_neverSinksAndIsExactInTheEnd() throws Exception {
        CountedDurations frequent = cell.branch();
        CountedDurations rare = cell.tally();
        long[] reads = new long[TIMES];

        Race.run(WRITERS + 1, number -> {
            for (int i = 0; i < TIMES; i++) {
                if (number == WRITERS) {
                    reads[i] = frequent.count();
                } else {
                    (number % 2 == 0 ? frequent : rare).counted().put(50);
                }
            }
        });

        assertThat(LongStream.of(reads)).isSorted();
        assertThat(frequent.count()).isEqualTo((long) TIMES * WRITERS / 2);
        assertThat(rare.count()).isEqualTo((long) TIMES * WRITERS / 2);
        assertThat(reads[TIMES - 1]).isLessThanOrEqualTo(frequent.count());
    }

    private static void put(CountedDurations durations, int times) {
        for (int i = 0; i < times; i++) {
            durations.counted().put(50);
        }
    }
}
