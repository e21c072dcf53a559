package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScrapeDeadlineTest {
    @Test
    void none_neverComes() {
        assertThat(ScrapeDeadline.none().exists()).isFalse();
        assertThat(ScrapeDeadline.none().remaining()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void in_aWhile_comesNearer() {
        ScrapeDeadline deadline = ScrapeDeadline.in(Duration.ofHours(1));
        Duration first = deadline.remaining();
        while (deadline.remaining().equals(first)) {
            Thread.onSpinWait();
        }

        assertThat(deadline.exists()).isTrue();
        assertThat(first).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(deadline.remaining()).isLessThan(first);
    }

    @Test
    void in_noTimeAtAll_hasPassed() {
        assertThat(ScrapeDeadline.in(Duration.ZERO).remaining()).isZero();
        assertThat(ScrapeDeadline.in(Duration.ofSeconds(-1)).remaining()).isZero();
        assertThat(ScrapeDeadline.in(Duration.ZERO).exists()).isTrue();
    }
}
