package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Durations;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class InProgressTest {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final InProgress inProgress = new InProgress();

    @Test
    void value_startedAndEnded_isTheDifference() {
        inProgress.endsAt(counts -> succeeded.sum());
        inProgress.endsAt(counts -> failed.sum());

        inProgress.start();
        inProgress.start();
        assertThat(inProgress.value()).isEqualTo(2);

        succeeded.increment();
        assertThat(inProgress.value()).isEqualTo(1);
        failed.increment();
        assertThat(inProgress.value()).isZero();
    }

    @Test
    void value_endedElsewhere_isTakenOff() {
        inProgress.endsAt(counts -> succeeded.sum());
        inProgress.start();
        inProgress.start();

        inProgress.leave();
        assertThat(inProgress.value()).isEqualTo(1);
        succeeded.increment();
        assertThat(inProgress.value()).isZero();
    }

    @Test
    void value_moreEndedThanStarted_isNotBelowZero() {
        inProgress.endsAt(counts -> succeeded.sum());

        succeeded.increment();

        assertThat(inProgress.value()).isZero();
    }

    /** A page may have read the ends already: those that have come since are none. */
    @Test
    void value_ofCounts_hasTheEndsFromThem() {
        CountedDurations counted = new Counted();
        inProgress.endsAt(counts -> counts.of(counted));
        inProgress.start();
        inProgress.start();

        assertThat(inProgress.value(durations -> durations.countHere() - 1)).isEqualTo(1);
        assertThat(inProgress.value()).isEqualTo(2 - Counted.COUNT);
    }

    /** Durations of which some were recorded. */
    private static final class Counted extends Durations implements CountedDurations {
        private static final int COUNT = 2;

        @Override
        public Durations counted() {
            return this;
        }

        @Override
        public Durations durations() {
            return this;
        }

        @Override
        public void put(long nanos) {
            throw new IllegalStateException("nothing is recorded here");
        }

        @Override
        public long countHere() {
            return COUNT;
        }
    }
}
