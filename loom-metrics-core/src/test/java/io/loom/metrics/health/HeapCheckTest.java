package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapCheckTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "0, HEALTHY, 0.0 %",
        "849, HEALTHY, 84.9 %",
        "850, DEGRADED, 85.0 %",
        "949, DEGRADED, 94.9 %",
        "950, UNHEALTHY, 95.0 %",
        "1000, UNHEALTHY, 100.0 %"
    })
    void check_byDefault_followsItsLimits(long used, HealthStatus status, String percent) {
        assertThat(new HeapCheck(() -> used * MIB, 1000 * MIB, 0.85, 0.95).check())
                .isEqualTo(new HealthResult(
                        status, used + " MiB of 1000 MiB in use after the last collection (" + percent + ")"));
    }

    @Test
    void limits_ofOnesOwn_count() {
        HeapCheck check = new HeapCheck(() -> 50, 100, 0.85, 0.95);

        assertThat(check.limits(0.5, 0.6).check().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(check.limits(0.1, 0.5).check().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void limits_thatFall_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeapCheck.of().limits(0.9, 0.8))
                .withMessage("heap limits must be positive, and that of unhealthy no less: were 0.9 and 0.8");
        assertThatIllegalArgumentException().isThrownBy(() -> HeapCheck.of().limits(0, 0.8));
        assertThatIllegalArgumentException().isThrownBy(() -> HeapCheck.of().limits(Double.NaN, 0.8));
    }

    @Test
    void check_ofThisJvm_readsItsPools() {
        System.gc(); // so that something was collected

        assertThat(HeapCheck.of().check().details())
                .matches("[1-9]\\d* MiB of [1-9]\\d* MiB in use after the last collection \\(\\d+\\.\\d %\\)");
    }
}
