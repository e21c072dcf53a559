package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Sneaky;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HealthTest {
    private static final HealthReport.Component NO_DEADLOCK =
            new HealthReport.Component(HealthStatus.HEALTHY, "no deadlock", Duration.ZERO);

    private final MockClock clock = new MockClock();
    private final HealthBuilder builder = Health.builder().clock(clock).timeout(Duration.ofMinutes(1));
    private final List<Health> built = new ArrayList<>();

    @AfterEach
    void close() {
        built.forEach(Health::close);
    }

    @Test
    void report_withoutChecks_looksForADeadlock() {
        HealthReport report = build().report();

        assertThat(report.status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(report.time()).isEqualTo(Instant.ofEpochMilli(clock.wallTime()));
        assertThat(report.components()).isEqualTo(Map.of("deadlock", NO_DEADLOCK));
    }

    @Test
    void report_ofSeveralChecks_isAsTheWorst() {
        builder.check("b", () -> HealthResult.healthy("fine"));
        assertThat(build().report().status()).isEqualTo(HealthStatus.HEALTHY);

        builder.check("a", () -> HealthResult.degraded("slow"));
        assertThat(build().report().status()).isEqualTo(HealthStatus.DEGRADED);

        builder.check("c", () -> HealthResult.unhealthy("gone"));
        HealthReport report = build().report();
        assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(report.components().keySet()).containsExactly("deadlock", "b", "a", "c");
        assertThat(report.components().get("c"))
                .isEqualTo(new HealthReport.Component(HealthStatus.UNHEALTHY, "gone", Duration.ZERO));
    }

    @Test
    void report_tellsHowLongTheSlowestTook() {
        builder.check("slow", () -> {
            clock.add(Duration.ofSeconds(3));
            return HealthResult.healthy();
        });

        HealthReport report = build().report();

        assertThat(report.components().get("slow").duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void check_thatThrows_isUnhealthyWithOneLine(Throwable thrown) {
        HealthReport.Component component = of(() -> Sneaky.raise(thrown));

        assertThat(component.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(component.details())
                .startsWith(thrown.getClass().getSimpleName())
                .doesNotContain("\n")
                .doesNotContain("at io.loom");
    }

    @Test
    void check_thatThrowsALongMessage_isCutToOneLine() {
        HealthReport.Component component = of(() -> {
            throw new IllegalStateException("no\nconnection\r\n" + "x".repeat(10_000));
        });

        assertThat(component.details())
                .startsWith("IllegalStateException: no connection xxx")
                .hasSizeLessThan(510);
    }

    @Test
    void check_thatThrowsWhatHasNoText_isUnhealthyAllTheSame() {
        HealthReport.Component component = of(() -> Sneaky.raise(Sneaky.hostile(new IllegalStateException())));

        assertThat(component)
                .isEqualTo(new HealthReport.Component(HealthStatus.UNHEALTHY, "HostileException", Duration.ZERO));
    }

    @Test
    void check_withoutAResult_isUnhealthy() {
        assertThat(of(() -> null))
                .isEqualTo(new HealthReport.Component(HealthStatus.UNHEALTHY, "it gave no result", Duration.ZERO));
    }

    @Test
    void ready_ofChosenChecks_isTheirsAlone() {
        builder.check("database", () -> HealthResult.healthy("5 connections"))
                .check("provider", () -> HealthResult.unhealthy("gone"))
                .readiness("database");
        Health health = build();

        assertThat(health.ready().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(health.ready().components().keySet()).containsExactly("database");
        assertThat(health.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void ready_unlessChosen_isAsAllChecks() {
        builder.check("provider", () -> HealthResult.unhealthy("gone"));

        assertThat(build().ready().components().keySet()).containsExactly("deadlock", "provider");
        assertThat(build().ready().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void ready_whileAnotherCheckHangs_doesNotWaitForIt() {
        Hanging hanging = new Hanging();
        builder.check("fast", HealthResult::healthy)
                .check(
                        "stuck",
                        () -> {
                            hanging.pass();
                            return HealthResult.healthy();
                        },
                        Duration.ofHours(1))
                .readiness("fast");

        assertThat(build().ready().status()).isEqualTo(HealthStatus.HEALTHY);
        hanging.letGo();
    }

    @Test
    void live_whileAllElseFails_isHealthyAndCallsNothingElse() {
        List<String> called = new ArrayList<>();
        builder.check("provider", () -> {
            called.add("provider");
            return HealthResult.unhealthy("gone");
        });

        assertThat(build().live().components()).isEqualTo(Map.of("deadlock", NO_DEADLOCK));
        assertThat(called).isEmpty();
    }

    @Test
    void report_onceClosed_isUnhealthy() {
        builder.check("a", HealthResult::healthy);
        Health health = build();
        health.close();
        health.close();

        assertThat(health.report().components().values())
                .extracting(HealthReport.Component::details)
                .containsExactly("the checks are closed", "the checks are closed");
        assertThat(health.live().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    private HealthReport.Component of(HealthCheck check) {
        builder.check("it", check);
        return build().report().components().get("it");
    }

    private Health build() {
        Health health = builder.build();
        built.add(health);
        return health;
    }
}
