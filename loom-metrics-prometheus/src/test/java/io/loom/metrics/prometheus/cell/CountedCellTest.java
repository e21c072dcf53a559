package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import io.loom.metrics.spi.CountedDurations;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountedCellTest {
    private static final int TIMES = 50_000;
    private static final int WRITERS = 4;
    private static final int READERS = 2;

    private final HistogramCell cell =
            new HistogramCell(HistogramLayout.ofNanos(new double[] {10, 100, 1_000}, 3, 1_000));
    private final CountedCell frequent = cell.branch();

    @Test
    void countHere_besideTallies_isTheRest() {
        List<CountedDurations> rare =
                Stream.generate(frequent::tally).limit(1 + 2 * Tallies.SIZE).toList();
        put(frequent, 7);
        rare.forEach(each -> put(each, 2));

        assertThat(frequent.countHere()).isEqualTo(7);
        assertThat(rare).allSatisfy(each -> assertThat(each.countHere()).isEqualTo(2));
        assertThat(cell.count()).isEqualTo(7 + 2 * rare.size());
        assertThat(cell.sumNanos()).isEqualTo(50 * cell.count());
    }

    @Test
    void countHere_ofSeveralBranches_isOfEachAlone() {
        CountedCell second = cell.branch();
        CountedDurations rare = second.tally();
        put(frequent, 5);
        put(second, 3);
        put(rare, 2);

        assertThat(Stream.of(frequent, second, rare).map(CountedDurations::countHere))
                .containsExactly(5L, 3L, 2L);
        assertThat(cell.count()).isEqualTo(10);
    }

    @Test
    void countHere_besideRareOnes_isNeverTooHighNeverSinksAndIsExactInTheEnd() throws Exception {
        CountedDurations rare = frequent.tally();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger tooHigh = new AtomicInteger();
        long[][] reads = new long[READERS][TIMES];

        Race.run(WRITERS + READERS, number -> {
            for (int i = 0; i < TIMES; i++) {
                if (number < READERS) {
                    reads[number][i] = frequent.countHere();
                    tooHigh.addAndGet(reads[number][i] > begun.get() ? 1 : 0);
                } else if (number % 2 == 0) {
                    begun.incrementAndGet();
                    put(frequent, 1);
                } else {
                    put(rare, 1);
                }
            }
        });

        assertThat(tooHigh).hasValue(0);
        assertThat(IntStream.range(0, READERS))
                .allSatisfy(reader -> assertThat(LongStream.of(reads[reader])).isSorted());
        assertThat(frequent.countHere()).isEqualTo((long) TIMES * WRITERS / 2);
        assertThat(rare.countHere()).isEqualTo((long) TIMES * WRITERS / 2);
    }

    private static void put(CountedDurations durations, int times) {
        for (int i = 0; i < times; i++) {
            durations.counted().put(50);
        }
    }
}
