package io.loom.metrics.prometheus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PastTest {
    @Test
    void plus_beyondFifteenMinutes_keepsOneReadingThatIsAsOld() {
        Past past = Past.of(at(0));
        for (int second = 5; second <= 3_600; second += 5) {
            past = past.plus(at(second));
        }

        assertThat(past.readings()).hasSize(181);
        assertThat(past.readings().get(0)).isEqualTo(at(2_700));
        assertThat(past.last()).isEqualTo(at(3_600));
    }

    @Test
    void upTo_aTimeBetweenReadings_beginsWithTheLastThatIsOldEnough() {
        Past past = Past.of(at(0)).plus(at(30)).plus(at(60)).plus(at(90));

        assertThat(past.upTo(at(119), Window.ONE).from()).isEqualTo(at(30));
        assertThat(past.upTo(at(120), Window.ONE).from()).isEqualTo(at(60));
    }

    @Test
    void upTo_beforeAWindowIsFull_beginsWithTheFirst() {
        Past past = Past.of(at(0)).plus(at(30));

        assertThat(past.upTo(at(40), Window.FIFTEEN)).isEqualTo(new Span(at(0), at(40)));
    }

    @Test
    void upTo_whereReadingsAreMissing_knowsNothingBeyondTwiceTheWindow() {
        Past past = Past.of(at(0));

        assertThat(past.upTo(at(120), Window.ONE).seconds()).isEqualTo(120);
        assertThat(past.upTo(at(121), Window.ONE)).isEqualTo(Span.unknown(at(121)));
        assertThat(past.upTo(at(121), Window.FIVE).seconds()).isEqualTo(121);
    }

    @Test
    void steps_areTheLastPairsOldestFirst() {
        Past past = Past.of(at(0)).plus(at(5)).plus(at(10));

        assertThat(past.steps(180)).isEqualTo(List.of(new Span(at(0), at(5)), new Span(at(5), at(10))));
        assertThat(past.steps(1)).isEqualTo(List.of(new Span(at(5), at(10))));
        assertThat(Past.of(at(0)).steps(180)).isEmpty();
    }

    /** A monotonic clock may have any origin. */
    @Test
    void upTo_aroundTheOverflowOfTheClock_isNoDifferent() {
        Reading before = new Reading(Long.MAX_VALUE, 0, Map.of());
        Reading now = new Reading(Long.MAX_VALUE + TimeUnit.SECONDS.toNanos(10), 0, Map.of());

        assertThat(Past.of(before).upTo(now, Window.ONE).seconds()).isEqualTo(10);
    }

    private static Reading at(long second) {
        return new Reading(TimeUnit.SECONDS.toNanos(second), 0, Map.of());
    }
}
