package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Eventually;
import io.loom.metrics.testing.Rivals;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who shares a run with whom, and for how long. */
class HealthSharingTest {
    private static final int CALLERS = 1_000;

    private final MockClock clock = new MockClock();
    private final AtomicInteger runs = new AtomicInteger();
    private final HealthBuilder builder = Health.builder()
            .clock(clock)
            .timeout(Duration.ofMinutes(1))
            .check("counted", () -> HealthResult.healthy("run " + runs.incrementAndGet()));
    private Health health;

    @AfterEach
    void close() {
        health.close();
    }

    @Test
    void report_withinTheCacheTime_isTheSameAndAfterItAnew() {
        health = builder.cacheTime(Duration.ofSeconds(5)).build();

        assertThat(counted()).isEqualTo("run 1");
        clock.add(Duration.ofMillis(4_999));
        assertThat(counted()).isEqualTo("run 1");
        assertThat(health.ready().components().get("counted").details()).isEqualTo("run 1");
        clock.add(Duration.ofMillis(1));
        assertThat(counted()).isEqualTo("run 2");
    }

    @Test
    void report_withoutACacheTime_isAnewEachTime() {
        health = builder.cacheTime(Duration.ZERO).build();

        assertThat(counted()).isEqualTo("run 1");
        assertThat(counted()).isEqualTo("run 2");
    }

    @Test
    void report_ofAThousandAtOnce_runsEachCheckOnce() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Hanging hanging = new Hanging();
        health = builder.check("held", () -> {
                    hanging.pass(); // until all have come
                    return HealthResult.healthy();
                })
                .build();
        Set<HealthReport> reports = ConcurrentHashMap.newKeySet();
        AtomicInteger arriving = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> {
                await(start);
                arriving.incrementAndGet();
                reports.add(health.report());
            });
            caller.start();
            callers.add(caller);
        }
        start.countDown();
        Eventually.holds(() -> arriving.get() == CALLERS && hanging.inside() == 1);
        hanging.letGo();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(runs).hasValue(1);
        assertThat(hanging.entered()).isEqualTo(1);
        assertThat(reports).hasSize(1);
    }

    @Test
    void report_ofManyAgainAndAgain_neverRunsACheckTwiceAtOnce() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        health = builder.cacheTime(Duration.ZERO)
                .check("alone", () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    return HealthResult.healthy();
                })
                .build();

        List<Boolean> well = Rivals.race(number -> {
            boolean all = true;
            for (int i = 0; i < 500; i++) {
                all &= health.report().status() == HealthStatus.HEALTHY;
            }
            return all;
        });

        assertThat(well).containsOnly(true);
        assertThat(most).hasValue(1);
    }

    @Test
    void report_byWhoIsInterrupted_waitsAndKeepsTheInterruption() {
        health = builder.build();
        Thread.currentThread().interrupt();

        assertThat(counted()).isEqualTo("run 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    private String counted() {
        return health.report().components().get("counted").details();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
