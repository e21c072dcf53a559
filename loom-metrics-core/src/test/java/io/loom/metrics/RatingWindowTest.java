package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatingWindowTest {
    private final MockClock clock = new MockClock();
    private final RatingWindow window = new RatingWindow(clock);

    @Test
    void mean_beforeAnyRating_isNaN() {
        assertThat(window.mean()).isNaN();
    }

    @Test
    void mean_ratingsOfOneMinute_isTheirMean() {
        window.add(2);
        window.add(5);

        assertThat(window.mean()).isEqualTo(3.5);
    }

    @Test
    void mean_ratingsOfManyMinutes_weighsEachRatingAlike() {
        window.add(1);
        clock.add(Duration.ofMinutes(3));
        window.add(5);
        window.add(5);
        window.add(5);

        assertThat(window.mean()).isEqualTo(4);
    }

    @Test
    void mean_ratingAtTheStartOfAMinute_leavesAfterSixteenMinutes() {
        clock.addSeconds(60); // to the start of a minute, but for the clock's first millisecond
        window.add(3);

        clock.add(Duration.ofMinutes(16).minusMillis(2));
        assertThat(window.mean()).isEqualTo(3);

        clock.add(Duration.ofMillis(1));
        assertThat(window.mean()).isNaN();
    }

    @Test
    void mean_ratingAtTheEndOfAMinute_staysForFifteenMinutes() {
        clock.add(Duration.ofMillis(59_998));
        window.add(3);

        clock.add(Duration.ofMinutes(15));
        assertThat(window.mean()).isEqualTo(3);

        clock.add(Duration.ofMillis(1));
        assertThat(window.mean()).isNaN();
    }

    @Test
    void add_slotOfAnEarlierRound_startsAfresh() {
        window.add(1);
        clock.add(Duration.ofMinutes(16));
        window.add(5);

        assertThat(window.mean()).isEqualTo(5);
    }

    @Test
    void mean_afterAYearOfSilence_isNaN() {
        window.add(1);
        clock.add(Duration.ofDays(365));

        assertThat(window.mean()).isNaN();
    }

    @Test
    void add_eightThreads_loseNoRating() throws Exception {
        Rivals.race(thread -> {
            for (int i = 0; i < 1_000; i++) {
                window.add(thread < Rivals.THREADS / 2 ? 1 : 4);
            }
            return null;
        });

        assertThat(window.mean()).isEqualTo(2.5);
    }
}
