package io.loom.metrics;

import static io.loom.metrics.llm.RateLimits.Resource.REQUESTS;
import static io.loom.metrics.llm.RateLimits.Resource.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.RateLimits;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an attempt tells beside its end. */
class LlmDetailsTest {
    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);

    @Test
    void finished_reason_isCounted() {
        claude.finished(FinishReason.LENGTH);
        claude.finished(null);

        assertThat(test.count("loom.llm.finish", "finish_reason", "length")).isOne();
        assertThat(test.count("loom.llm.finish", "finish_reason", "other")).isOne();
        assertThat(test.sum("loom.llm.finish")).isEqualTo(2);
    }

    @Test
    void toolCalled_outcome_isCounted() {
        claude.toolCalled(Outcome.SUCCESS);
        claude.toolCalled(null);

        assertThat(test.count("loom.llm.tool.calls", "outcome", "success")).isOne();
        assertThat(test.count("loom.llm.tool.calls", "outcome", "error")).isOne();
    }

    @Test
    void retried_reason_isCountedAndIsNoRequest() {
        claude.retried(ErrorType.RATE_LIMIT);
        claude.retried(null);

        assertThat(test.count("loom.llm.retries", "error_type", "rate_limit")).isOne();
        assertThat(test.count("loom.llm.retries", "error_type", "other")).isOne();
        assertThat(test.sum("loom.llm.requests")).isZero();
    }

    @Test
    void fellBackTo_anotherModel_namesBoth() {
        claude.fellBackTo(test.loom().llm("openai", "gpt-4"));
        claude.fellBackTo(null);

        assertThat(test.count(
                        "loom.llm.fallbacks",
                        "provider",
                        "anthropic",
                        "model",
                        "claude-x",
                        "to_provider",
                        "openai",
                        "to_model",
                        "gpt-4"))
                .isOne();
        assertThat(test.count("loom.llm.fallbacks", "to_provider", "unknown")).isOne();
    }

    @Test
    void rateLimits_lastAnswer_isShownAndTheRestIsNotThere() {
        claude.rateLimits(said("x-ratelimit-remaining-requests", "60"));
        claude.rateLimits(said("x-ratelimit-remaining-requests", "59"));
        claude.rateLimits(said("x-ratelimit-limit-requests", "100"));
        claude.rateLimits(null);

        assertThat(test.gauge("loom.llm.rate.limit.remaining", "resource", "requests"))
                .isEqualTo(59);
        assertThat(test.gauge("loom.llm.rate.limit", "resource", "requests")).isEqualTo(100);
        assertThat(test.hasMeter("loom.llm.rate.limit", "resource", "tokens")).isFalse();
    }

    @Test
    void rateLimits_negative_areRejectedAndTheLastOnesStay() {
        claude.rateLimits(new RateLimits(Map.of(REQUESTS, 100L), Map.of(REQUESTS, 60L), Optional.empty()));
        claude.rateLimits(new RateLimits(Map.of(REQUESTS, -1L), Map.of(REQUESTS, -1L, TOKENS, -1L), Optional.empty()));

        assertThat(test.gauge("loom.llm.rate.limit", "resource", "requests")).isEqualTo(100);
        assertThat(test.gauge("loom.llm.rate.limit.remaining", "resource", "requests"))
                .isEqualTo(60);
        assertThat(test.hasMeter("loom.llm.rate.limit.remaining", "resource", "tokens"))
                .isFalse();
        assertThat(test.rejected("loom.llm.rate.limit", Reason.NEGATIVE)).isOne();
        assertThat(test.rejected("loom.llm.rate.limit.remaining", Reason.NEGATIVE))
                .isEqualTo(2);
    }

    @Test
    void classifier_ofTheCaller_isAskedFirst() {
        TestLoom own = TestLoom.create(builder -> builder.errorClassifier(
                failure -> failure instanceof IllegalStateException ? ErrorType.BUDGET_EXCEEDED : null));
        LlmReadings.claude(own).start().fail(new IllegalStateException());

        assertThat(own.count("loom.llm.errors", "error_type", "budget_exceeded"))
                .isOne();
    }

    @Test
    void classifier_thatThrows_isCountedAndTheTableDecides() {
        TestLoom own = TestLoom.create(builder -> builder.errorClassifier(failure -> {
            throw new AssertionError("a fault of the caller's");
        }));
        LlmReadings.claude(own).start().fail(new java.util.concurrent.TimeoutException());

        assertThat(own.count("loom.llm.errors", "error_type", "timeout")).isOne();
        assertThat(own.rejected("loom.llm.errors", Reason.CLASSIFIER)).isOne();
    }

    private static RateLimits said(String header, String value) {
        return RateLimits.of(Map.of(header, value)::get);
    }
}
