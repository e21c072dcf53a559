package io.loom.metrics.llm;

import static io.loom.metrics.llm.RateLimits.Resource.INPUT_TOKENS;
import static io.loom.metrics.llm.RateLimits.Resource.OUTPUT_TOKENS;
import static io.loom.metrics.llm.RateLimits.Resource.REQUESTS;
import static io.loom.metrics.llm.RateLimits.Resource.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    @Test
    void of_headersOfOpenAi_areRead() {
        RateLimits said = RateLimits.of(Map.of(
                "x-ratelimit-limit-requests", "60",
                "x-ratelimit-remaining-requests", "59",
                "x-ratelimit-limit-tokens", "150000",
                "x-ratelimit-remaining-tokens", "149984",
                "x-ratelimit-reset-tokens", "6m0s")::get);

        assertThat(said.limits()).isEqualTo(Map.of(REQUESTS, 60L, TOKENS, 150_000L));
        assertThat(said.remaining()).isEqualTo(Map.of(REQUESTS, 59L, TOKENS, 149_984L));
        assertThat(said.retryAfter()).isEmpty();
    }

    @Test
    void of_headersOfAnthropic_areRead() {
        RateLimits said = RateLimits.of(Map.of(
                "anthropic-ratelimit-requests-limit", "50",
                "anthropic-ratelimit-requests-remaining", "0",
                "anthropic-ratelimit-input-tokens-limit", "40000",
                "anthropic-ratelimit-input-tokens-remaining", "39000",
                "anthropic-ratelimit-output-tokens-remaining", "7000",
                "retry-after", " 30 ")::get);

        assertThat(said.limits()).isEqualTo(Map.of(REQUESTS, 50L, INPUT_TOKENS, 40_000L));
        assertThat(said.remaining()).isEqualTo(Map.of(REQUESTS, 0L, INPUT_TOKENS, 39_000L, OUTPUT_TOKENS, 7_000L));
        assertThat(said.retryAfter()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "many", "1234567890123456", "Wed, 21 Oct 2026 07:28:00 GMT"})
    void of_whatIsNoNumber_saysNothing(String value) {
        assertThat(RateLimits.of(header -> value)).isEqualTo(RateLimits.of(header -> null));
    }
}
