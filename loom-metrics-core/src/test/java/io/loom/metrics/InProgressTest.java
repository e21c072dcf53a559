package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.spi.CountedDurations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
        MeterRegistry registry = new SimpleMeterRegistry();
        CountedDurations twice = new TimedCounterTest.Joined(registry.counter("ended"), registry.timer("elapsed"));
        twice.counted();
        twice.counted();
        inProgress.endsAt(counts -> counts.of(twice));
        inProgress.start();
        inProgress.start();

        assertThat(inProgress.value(durations -> durations.countHere() - 1)).isEqualTo(1);
        assertThat(inProgress.value()).isZero();
    }
}
