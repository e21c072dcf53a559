package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthBuilderTest {
    private final HealthBuilder builder = Health.builder().check("heap", HeapCheck.of());

    @Test
    void check_withANameThatIsTaken_isRefused() {
        for (String taken : List.of("heap", "deadlock")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.check(taken, HealthResult::healthy))
                    .withMessage(
                            "check names must be distinct: \"" + taken + "\" is there already. Rename one of them.");
        }
    }

    @Test
    void check_withAnIllegalName_isRefused() {
        for (String name : List.of("", " ", "a b", "a/b", "a".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.check(name, HealthResult::healthy))
                    .withMessage("check name must match [A-Za-z0-9_.-]{1,64}: was \"" + name.strip() + '"');
        }
    }

    @Test
    void times_outOfRange_areRefused() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(3_601))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.timeout(time))
                    .withMessage("timeout of checks must be positive and at most an hour: was " + time);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.check("disk", HealthResult::healthy, time))
                    .withMessage("timeout of check disk must be positive and at most an hour: was " + time);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.cacheTime(Duration.ofNanos(-1)))
                .withMessage("cache time must be positive and at most an hour: was PT-0.000000001S");
    }

    @Test
    void readiness_ofWhatWasNotAdded_failsTheBuild() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.readiness("heap", "haep").build())
                .withMessage("checks that count for readiness must be added: \"haep\" is none of [deadlock, heap]");
    }

    @Test
    void readiness_ofNothing_isAlwaysReady() {
        builder.check("gone", () -> HealthResult.unhealthy("gone"));
        try (Health health = builder.readiness().build()) {
            assertThat(health.ready().status()).isEqualTo(HealthStatus.HEALTHY);
            assertThat(health.ready().components()).isEmpty();
        }
    }
}
