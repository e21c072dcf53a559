package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class InProgressTest {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final InProgress inProgress = new InProgress();

    @Test
    void value_startedAndEnded_isTheDifference() {
        inProgress.endsAt(succeeded::sum);
        inProgress.endsAt(failed::sum);

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
        inProgress.endsAt(succeeded::sum);
        inProgress.start();
        inProgress.start();

        inProgress.leave();
        assertThat(inProgress.value()).isEqualTo(1);
        succeeded.increment();
        assertThat(inProgress.value()).isZero();
    }

    @Test
    void value_moreEndedThanStarted_isNotBelowZero() {
        inProgress.endsAt(succeeded::sum);

        succeeded.increment();

        assertThat(inProgress.value()).isZero();
    }
}
