package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: a deadlock is seen by all who look for one. */
@Isolated
class DeadlockCheckTest {
    private final ReentrantLock ink = new ReentrantLock();
    private final ReentrantLock paper = new ReentrantLock();
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final Thread writer = new Thread(() -> lock(ink, paper), "writer");
    private final Thread printer = new Thread(() -> lock(paper, ink), "printer");

    @AfterEach
    void end() throws InterruptedException {
        writer.interrupt();
        printer.interrupt();
        writer.join();
        printer.join();
    }

    @Test
    void live_whileThreadsWaitForEachOther_isUnhealthyAndNamesThem() throws Exception {
        try (Health health = Health.builder()
                .cacheTime(Duration.ZERO)
                .timeout(Duration.ofMinutes(1))
                .build()) {
            assertThat(health.live().status()).isEqualTo(HealthStatus.HEALTHY);
            writer.start();
            printer.start();

            Eventually.holds(() -> health.live().status() == HealthStatus.UNHEALTHY);

            assertThat(health.live().components().get("deadlock").details())
                    .startsWith("these threads wait for each other: ")
                    .contains("writer", "printer");
            assertThat(health.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
        }
    }

    private void lock(ReentrantLock first, ReentrantLock second) {
        first.lock();
        try {
            both.await();
            second.lockInterruptibly();
        } catch (Exception e) {
            Thread.currentThread().interrupt(); // the end of the test
        } finally {
            first.unlock();
        }
    }
}
