package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private static final int THREADS = 4;
    private static final int TIMES = 20_000;

    private final Tallies tallies = new Tallies(new long[1 + Tallies.SIZE], 1);

    @Test
    void take_allOfThem_areDifferentAndThenNoneIsLeft() {
        for (int i = 0; i < Tallies.SIZE; i++) {
            assertThat(tallies.take()).isEqualTo(i);
        }

        assertThat(tallies.take()).isGreaterThanOrEqualTo(Tallies.SIZE);
    }

    @Test
    void increment_beforeAndSinceRivalsWereNoticed_isOneCount() {
        tallies.increment(3, false);
        tallies.increment(3, true);
        tallies.increment(3, false);

        assertThat(tallies.count(3)).isEqualTo(3);
        assertThat(tallies.count(2)).isZero();
        assertThat(tallies.count(4)).isZero();
    }

    @Test
    void increment_byThreadsOfWhichEachNoticesRivalsAtATimeOfItsOwn_losesNothing() throws Exception {
        Race.run(THREADS, thread -> {
            for (int i = 0; i < TIMES; i++) {
                tallies.increment(i % Tallies.SIZE, i > thread * TIMES / THREADS);
            }
        });

        for (int tally = 0; tally < Tallies.SIZE; tally++) {
            assertThat(tallies.count(tally)).as("tally %d", tally).isEqualTo((long) THREADS * TIMES / Tallies.SIZE);
        }
    }
}
