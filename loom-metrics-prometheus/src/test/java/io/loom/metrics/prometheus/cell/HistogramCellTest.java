package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.loom.metrics.prometheus.Race;
import io.loom.metrics.spi.CountedDurations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistogramCellTest {
    private static final int SLOTS = 3;
    private static final long STEP = 1_000;

    private final HistogramCell durations =
            new HistogramCell(HistogramLayout.ofNanos(new double[] {10, 100, 1_000}, SLOTS, STEP));
    private final HistogramCell amounts =
            new HistogramCell(HistogramLayout.ofAmounts(new double[] {0.25, 0.5}, SLOTS, STEP));

    @Test
    void cell_nothingRecorded_isEmpty() {
        assertThat(durations.buckets()).containsExactly(0, 0, 0, 0);
        assertThat(durations.count()).isZero();
        assertThat(durations.sumNanos()).isZero();
        assertThat(durations.maxNanos(0)).isZero();
        assertThat(amounts.sumAmounts()).isZero();
        assertThat(amounts.maxAmount(0)).isZero();
    }

    @Test
    void recordNanos_valuesAtAndBesideTheBounds_areCountedUpToTheirBound() {
        for (long nanos : new long[] {0, 10, 11, 100, 1_000, 1_001, 5_000}) {
            durations.recordNanos(nanos);
        }

        assertThat(durations.buckets()).containsExactly(2, 2, 1, 2);
        assertThat(durations.count()).isEqualTo(7);
        assertThat(durations.sumNanos()).isEqualTo(7_122);
    }

    @Test
    void recordAmount_fractions_areNotRoundedUpBeforeBucketing() {
        for (double amount : new double[] {-0.0, 0.2, 0.25, 0.3, 0.5, 0.75}) {
            amounts.recordAmount(amount);
        }

        assertThat(amounts.buckets()).containsExactly(3, 2, 1);
        assertThat(amounts.count()).isEqualTo(6);
        assertThat(amounts.sumAmounts()).isEqualTo(2.0);
        assertThat(amounts.maxAmount(0)).isEqualTo(0.75);
    }

    @Test
    void branchAndTallies_whatIsRecordedThere_isReadHereTooAndCountedApart() {
        CountedCell most = durations.branch();
        CountedDurations rare = most.tally();
        CountedDurations rarer = most.tally();
        durations.recordNanos(5);
        most.counted().put(50);
        most.counted().put(60);
        rare.counted().put(5_000);
        rarer.counted().put(6_000);
        rarer.counted().put(6);

        assertThat(durations.buckets()).containsExactly(2, 2, 0, 2);
        assertThat(durations.count()).isEqualTo(6);
        assertThat(durations.sumNanos()).isEqualTo(11_121);
        assertThat(most.buckets()).containsExactly(1, 2, 0, 2);
        assertThat(most.sumNanos()).isEqualTo(11_116);
        assertThat(List.of(most.countHere(), rare.countHere(), rarer.countHere()))
                .containsExactly(2L, 1L, 2L);
    }

    @Test
    void tally_moreThanOneBlockHas_eachHasItsOwnCount() {
        List<CountedDurations> all = Stream.generate(durations.branch()::tally)
                .limit(1 + 3 * Tallies.SIZE)
                .toList();
        for (int i = 0; i < all.size(); i++) {
            for (int times = 0; times <= i; times++) {
                all.get(i).counted().put(1);
            }
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).countHere()).as("number %d", i).isEqualTo(i + 1L);
        }
        assertThat(durations.count()).isEqualTo(all.size() * (all.size() + 1L) / 2);
    }

    @Test
    void branchAndTallies_ofThreadsThatJoinAndRecordAtTheSameTime_loseNothing() throws Exception {
        int threads = 4 * Tallies.SIZE; // so that the first tallies do not suffice
        int times = 5_000;
        List<CounterCell> counters =
                Stream.generate(CounterCell::new).limit(threads).toList();

        CountedCell rare = durations.branch();
        Race.run(threads, thread -> {
            CountedDurations own = thread % 2 == 0 ? durations.branch() : rare.tally();
            counters.get(thread).countAlso(own);
            for (int i = 0; i < times; i++) {
                own.counted().put(50);
            }
        });

        assertThat(counters).allSatisfy(counter -> assertThat(counter.whole()).isEqualTo(times));
        assertThat(durations.buckets()).containsExactly(0, (long) threads * times, 0, 0);
        assertThat(durations.sumNanos()).isEqualTo(50L * threads * times);
    }

    @Test
    void readBuckets_intoAnArrayThatWasUsed_replacesWhatWasThere() {
        durations.recordNanos(50);
        long[] counts = {7, 7, 7, 7};
        durations.readBuckets(counts);

        assertThat(counts).containsExactly(0, 1, 0, 0);
    }

    @Test
    void branch_ofAmounts_isInTheSumToo() {
        amounts.recordAmount(0.25);
        amounts.branch().recordAmount(0.5);

        assertThat(amounts.buckets()).containsExactly(1, 1, 0);
        assertThat(amounts.sumAmounts()).isEqualTo(0.75);
        assertThat(amounts.maxAmount(0)).isEqualTo(0.5);
    }

    @Test
    void branchAndTallies_theirMaximum_isInTheOneWindow() {
        CountedCell most = durations.branch();
        CountedDurations rare = most.tally();
        most.counted().put(50);
        rare.counted().put(40);
        assertThat(durations.maxNanos(0)).isEqualTo(50);

        most.counted().put(60);
        rare.counted().put(70);
        assertThat(durations.maxNanos(STEP)).isEqualTo(70);
        assertThat(durations.maxNanos(STEP + SLOTS * STEP)).isZero();
    }

    @Test
    void recordNanos_sumBeyondALong_saturatesAndStillCounts() {
        durations.recordNanos(Long.MAX_VALUE);
        durations.recordNanos(Long.MAX_VALUE);
        durations.recordNanos(1);

        assertThat(durations.sumNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(durations.maxNanos(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(durations.buckets()).containsExactly(1, 0, 0, 2);
    }

    @Test
    void recordAmount_sumBeyondADouble_saturatesAndStillCounts() {
        amounts.recordAmount(Double.MAX_VALUE);
        amounts.recordAmount(Double.MAX_VALUE);

        assertThat(amounts.sumAmounts()).isEqualTo(Double.MAX_VALUE);
        assertThat(amounts.maxAmount(0)).isEqualTo(Double.MAX_VALUE);
        assertThat(amounts.count()).isEqualTo(2);
    }

    @Test
    void cell_withoutBounds_countsInOneBucket() {
        HistogramCell bare = new HistogramCell(HistogramLayout.ofNanos(new double[0], SLOTS, STEP));
        bare.recordNanos(0);
        bare.recordNanos(Long.MAX_VALUE);

        assertThat(bare.buckets()).containsExactly(2);
    }

    @Test
    void recordNanos_underContention_growsAndKeepsTheTotalsExact() throws Exception {
        int rounds = contend(durations, () -> {
            durations.recordNanos(5);
            durations.recordNanos(5_000);
        });

        assertThat(durations.buckets()).containsExactly(rounds * 200_000L, 0, 0, rounds * 200_000L);
        assertThat(durations.sumNanos()).isEqualTo(rounds * 200_000L * 5_005);
        assertThat(durations.maxNanos(0)).isEqualTo(5_000);
    }

    @Test
    void recordAmount_underContention_growsAndKeepsTheTotalsExact() throws Exception {
        int rounds = contend(amounts, () -> {
            amounts.recordAmount(0.25);
            amounts.recordAmount(0.5);
        });

        assertThat(amounts.buckets()).containsExactly(rounds * 200_000L, rounds * 200_000L, 0);
        assertThat(amounts.sumAmounts()).isEqualTo(rounds * 200_000 * 0.75);
        assertThat(amounts.maxAmount(0)).isEqualTo(0.5);
    }

    @Test
    void sums_ofStripesThatSaturateTogether_saturate() throws Exception {
        int rounds = contend(durations, () -> durations.recordNanos(1));
        durations.recordNanos(Long.MAX_VALUE - 1);
        Race.run(8, number -> durations.recordNanos(Long.MAX_VALUE));

        assertThat(durations.sumNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(durations.count()).isEqualTo(rounds * 200_000L + 9);
    }

    /** Four threads, 50,000 times each a round, until the cell has stripes and for a round after that. */
    private static int contend(HistogramCell cell, Runnable recording) throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "rivals need a second processor");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int rounds = 0;
        boolean grown = false;
        boolean done = false;
        while (!done && System.nanoTime() < deadline) {
            done = grown;
            Race.run(4, number -> {
                for (int i = 0; i < 50_000; i++) {
                    recording.run();
                }
            });
            rounds++;
            grown = hasStripes(cell);
        }
        assertThat(grown).as("stripes after %d rounds", rounds).isTrue();
        return rounds;
    }

    private static boolean hasStripes(HistogramCell cell) throws ReflectiveOperationException {
        var more = HistogramCell.class.getDeclaredField("more");
        more.setAccessible(true);
        return more.get(cell) != null;
    }
}
