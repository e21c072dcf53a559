package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InProgressTest {
    private final InProgress inProgress = new InProgress();

    @Test
    void value_startedAndFinished_isTheDifference() {
        inProgress.start();
        inProgress.start();
        assertThat(inProgress.value()).isEqualTo(2);

        inProgress.finish();
        assertThat(inProgress.value()).isEqualTo(1);
        inProgress.finish();
        assertThat(inProgress.value()).isZero();
    }

    @Test
    void value_moreFinishedThanStarted_isNotBelowZero() {
        inProgress.finish();

        assertThat(inProgress.value()).isZero();
    }
}
