package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Eventually;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that hang. */
class HealthHangTest {
    private static final HealthReport.Component LATE = new HealthReport.Component(
            HealthStatus.UNHEALTHY,
            "timed out after 0.05s; it is not called again until it has returned",
            Duration.ofMillis(50));

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Hanging hanging = new Hanging();
    private final Health health = Health.builder()
            .cacheTime(Duration.ZERO)
            .timeout(Duration.ofMinutes(1))
            .check("fine", () -> {
                threads.add(Thread.currentThread());
                return HealthResult.healthy("ok");
            })
            .check(
                    "stuck",
                    () -> {
                        threads.add(Thread.currentThread());
                        hanging.pass();
                        return HealthResult.healthy("back");
                    },
                    Duration.ofMillis(50))
            .build();

    @AfterEach
    void close() {
        hanging.letGo();
        health.close();
    }

    @Test
    void report_ofACheckThatHangs_saysThatItTimedOutAndAllElseAsItIs() {
        HealthReport report = health.report();

        assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(report.components().get("stuck")).isEqualTo(LATE);
        assertThat(report.components().get("fine").details()).isEqualTo("ok");
    }

    @Test
    void report_whileACheckKeepsHanging_doesNotCallItAgain() throws Exception {
        hang();
        for (int i = 0; i < 200; i++) {
            assertThat(health.report().components().get("stuck")).isEqualTo(LATE);
        }

        assertThat(hanging.entered()).isEqualTo(1);
        assertThat(threads.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void report_onceAHangingCheckHasReturned_callsItAgain() throws Exception {
        hang();
        hanging.letGo();

        Eventually.holds(() -> {
            HealthReport report = health.report(); // on a busy machine the next one may be late again
            return report.components().get("stuck").details().equals("back") && report.status() == HealthStatus.HEALTHY;
        });
    }

    @Test
    void close_whileACheckHangs_interruptsItAndLeavesNoThread() throws Exception {
        hang();

        health.close();

        Eventually.holds(() -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(hanging.inside()).isZero();
        assertThat(threads)
                .isNotEmpty()
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getName().startsWith("loom-health-"));
    }

    private void hang() throws Exception {
        assertThat(health.report().components().get("stuck")).isEqualTo(LATE);
        Eventually.holds(() -> hanging.inside() == 1);
    }
}
