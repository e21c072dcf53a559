package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.loom.metrics.LlmMeter;
import io.loom.metrics.TestLoom;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LlmProviderCheckTest {
    private final TestLoom test = TestLoom.create();
    private final LlmMeter model = test.loom().llm("openai", "gpt-4");
    private final LlmProviderCheck check = LlmProviderCheck.of(test.registry(), "openai");

    @Test
    void check_withoutTraffic_isHealthy() {
        assertThat(check.check()).isEqualTo(HealthResult.healthy("0 of 0 attempts failed in 0s; too few to judge"));
    }

    @ParameterizedTest
    @CsvSource({"9, 0, HEALTHY", "91, 10, HEALTHY", "90, 10, DEGRADED", "51, 49, DEGRADED", "50, 50, UNHEALTHY"})
    void check_ofErrors_followsItsLimits(int successes, int errors, HealthStatus status) {
        succeed(successes);
        fail(errors, ErrorType.SERVER_ERROR);
        test.clock().add(Duration.ofSeconds(90));

        assertThat(check.check().status()).isEqualTo(status);
        assertThat(check.check().details())
                .startsWith(errors + " of " + (successes + errors) + " attempts failed in 1m30s");
    }

    @Test
    void check_ofFewAttempts_doesNotJudge() {
        fail(9, ErrorType.SERVER_ERROR);
        assertThat(check.check()).isEqualTo(HealthResult.healthy("9 of 9 attempts failed in 0s; too few to judge"));

        fail(1, ErrorType.SERVER_ERROR);
        assertThat(check.check()).isEqualTo(HealthResult.unhealthy("10 of 10 attempts failed in 0s"));
    }

    @Test
    void check_ofAnotherProvidersErrors_isHealthy() {
        succeed(10);
        LlmMeter other = test.loom().llm("anthropic", "claude-x");
        for (int i = 0; i < 20; i++) {
            other.recordFailure(Duration.ofSeconds(1), ErrorType.NETWORK);
        }

        assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(LlmProviderCheck.of(test.registry(), "anthropic").check().details())
                .startsWith("0 of 0 attempts"); // what was before it is not known to be recent
    }

    @Test
    void check_ofAllModels_addsThemUp() {
        succeed(10);
        LlmMeter other = test.loom().llm("openai", "gpt-3.5");
        for (int i = 0; i < 10; i++) {
            other.recordFailure(Duration.ofSeconds(1), ErrorType.NETWORK);
        }

        assertThat(check.check()).isEqualTo(HealthResult.unhealthy("10 of 20 attempts failed in 0s"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_REQUEST", "CONTEXT_LENGTH", "CONTENT_FILTERED", "BUDGET_EXCEEDED"})
    void check_ofErrorsByTheRequestItself_doesNotCountThem(ErrorType type) {
        fail(100, type);

        assertThat(check.check()).isEqualTo(HealthResult.healthy("0 of 100 attempts failed in 0s"));
    }

    @Test
    void check_onceTheWindowIsOver_forgets() {
        fail(100, ErrorType.OVERLOADED);
        test.clock().add(Duration.ofMinutes(1));
        assertThat(check.check().status()).isEqualTo(HealthStatus.UNHEALTHY);

        for (int minute = 0; minute < 5; minute++) {
            succeed(1);
            test.clock().add(Duration.ofMinutes(1));
            check.check();
        }

        assertThat(check.check()).isEqualTo(HealthResult.healthy("0 of 5 attempts failed in 5m; too few to judge"));
    }

    @Test
    void settings_ofOnesOwn_count() {
        LlmProviderCheck own =
                check.window(Duration.ofMinutes(1)).minimumAttempts(2).limits(0.01, 0.02);
        succeed(98);
        fail(1, ErrorType.TIMEOUT);

        assertThat(own.check().status()).isEqualTo(HealthStatus.DEGRADED);
        fail(1, ErrorType.TIMEOUT);
        assertThat(own.check().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.window(Duration.ZERO))
                .withMessage("window of LLM provider openai must be positive and at most an hour: was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.minimumAttempts(0))
                .withMessage("minimum attempts of LLM provider openai must be at least 1: was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.limits(0.5, 0.1))
                .withMessage(
                        "error ratios of LLM provider openai must be positive, and that of unhealthy no less: were 0.5"
                                + " and 0.1");
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            model.record(Duration.ofSeconds(1), Usage.of(1, 1));
        }
    }

    private void fail(int times, ErrorType type) {
        for (int i = 0; i < times; i++) {
            model.recordFailure(Duration.ofSeconds(1), type);
        }
    }
}
