package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.TestLoom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CardinalityCheckTest {
    private final TestLoom test = TestLoom.create(builder -> builder.valueBudget(3));
    private final CardinalityCheck check = CardinalityCheck.of(test.registry());

    @Test
    void check_ofFewSeries_isHealthyAndCountsThem() {
        int before = series(check.check());
        test.loom().cache("response").hit();

        assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(series(check.check())).isEqualTo(before + 1);
    }

    @Test
    void check_whileValuesOverflow_isDegradedAndSaysWhere() {
        for (int i = 0; i < 10; i++) {
            test.loom().cache("type" + i).hit();
        }
        test.clock().add(Duration.ofMinutes(2));

        HealthResult result = check.check();
        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(result.details())
                .endsWith("series; in 2m values became \"other\": label cache_type of loom.cache.hits");

        test.clock().add(Duration.ofMinutes(15));
        check.check();
        test.clock().add(Duration.ofMinutes(15));
        assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void limits_ofSeries_count() {
        int series = series(check.check());
        test.loom().cache("response").hit();

        assertThat(check.limits(series + 1, series + 2).check().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(check.limits(1, series + 1).check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(2, 1))
                .withMessage("series limits must be positive, and that of unhealthy no less: were 2 and 1");
    }

    private static int series(HealthResult result) {
        return Integer.parseInt(result.details().split(" ", 2)[0]);
    }
}
