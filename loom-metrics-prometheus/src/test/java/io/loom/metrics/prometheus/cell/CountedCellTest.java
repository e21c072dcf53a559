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

    @Test
    void copies_ofCellsThatGoOn_areOfOneMoment() {
        List<CountedDurations> rare =
                Stream.generate(frequent::tally).limit(1 + 2 * Tallies.SIZE).toList();
        put(frequent, 7);
        rare.forEach(each -> put(each, 2));
        Copies copies = new Copies();

        assertThat(copies.of(rare.get(0))).isEqualTo(2); // any of them is the first to be read
        put(frequent, 3);
        rare.forEach(each -> put(each, 1));

        assertThat(copies.of(frequent)).isEqualTo(7);
        assertThat(rare).allSatisfy(each -> assertThat(copies.of(each)).isEqualTo(2));
        assertThat(bucketsAsOf(copies)).containsExactly(0, 7 + 2 * rare.size(), 0, 0);
        assertThat(cell.count(copies)).isEqualTo(7 + 2L * rare.size());
        assertThat(cell.sumNanos(copies)).isEqualTo(50L * (7 + 2 * rare.size()));
        Copies next = new Copies();
        assertThat(bucketsAsOf(next)).containsExactly(0, 10 + 3 * rare.size(), 0, 0);
        assertThat(next.of(frequent)).isEqualTo(10);
    }

    @Test
    void copies_withoutRoom_areLive() {
        CountedDurations rare = frequent.tally();
        Copies full = new Copies();
        while (!full.areFull()) {
            full.keep(new Object(), 1);
        }
        for (int i = 1; i <= 2; i++) {
            put(frequent, 1);
            put(rare, 1);
            for (Copies copies : List.of(full, Copies.NONE)) {
                assertThat(copies.of(frequent)).isEqualTo(i);
                assertThat(copies.of(rare)).isEqualTo(i);
                assertThat(bucketsAsOf(copies)).containsExactly(0, 2L * i, 0, 0);
                assertThat(cell.count(copies)).isEqualTo(2L * i);
                assertThat(cell.sumNanos(copies)).isEqualTo(100L * i);
            }
        }
    }

    @Test
    void copies_ofCellsWhoseThreadsMeet_haveTheStripes() throws Exception {
        CountedDurations rare = frequent.tally();
        Race.run(WRITERS, number -> put(number == 0 ? rare : frequent, TIMES));
        Copies copies = new Copies();

        assertThat(copies.of(frequent)).isEqualTo((WRITERS - 1L) * TIMES);
        assertThat(copies.of(rare)).isEqualTo(TIMES);
        assertThat(bucketsAsOf(copies)).containsExactly(0, (long) WRITERS * TIMES, 0, 0);
        assertThat(cell.count(copies)).isEqualTo((long) WRITERS * TIMES);
        assertThat(cell.sumNanos(copies)).isEqualTo(50L * WRITERS * TIMES);
    }

    private long[] bucketsAsOf(Copies copies) {
        long[] counts = new long[4];
        cell.readBuckets(counts, copies);
        return counts;
    }

    private static void put(CountedDurations durations, int times) {
        for (int i = 0; i < times; i++) {
            durations.counted().put(50);
        }
    }
}
