package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {
    @Test
    void watch_whoseTimeIsUp_interruptsItsThreadAndLeavesNoTrace() {
        Watch watch = new Watch(Duration.ofMillis(1));
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        watch.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void watch_thatEndsInTime_doesNothing() {
        new Watch(Duration.ofHours(1)).end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void watch_thatEndsAsItsTimeIsUp_neverInterruptsLater() {
        for (int i = 0; i < 2_000; i++) {
            Watch watch = new Watch(Duration.ofNanos(1 + i * 50L));
            for (int spins = 0; spins < i; spins++) {
                Thread.onSpinWait();
            }
            watch.end();
            assertThat(Thread.currentThread().isInterrupted()).as("round %d", i).isFalse();
        }
    }

    @Test
    void watch_thatEndsInTime_leavesTheInterruptionOfAnother() {
        Watch watch = new Watch(Duration.ofHours(1));
        Thread.currentThread().interrupt();
        watch.end();

        assertThat(Thread.interrupted()).isTrue();
    }
}
