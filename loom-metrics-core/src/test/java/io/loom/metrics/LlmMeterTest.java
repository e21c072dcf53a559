package io.loom.metrics;

import static io.loom.metrics.LlmReadings.COMPLETION;
import static io.loom.metrics.LlmReadings.PROMPT;
import static io.loom.metrics.LlmReadings.REQUESTS;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.durations;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.rejected;
import static io.loom.metrics.LlmReadings.seconds;
import static io.loom.metrics.LlmReadings.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LlmMeterTest {
    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);

    @Test
    void llm_newHandle_hasAllItsSeriesAtZero() {
        Set<String> expected = new TreeSet<>(Set.of(
                REQUESTS,
                LlmReadings.IN_PROGRESS,
                PROMPT,
                COMPLETION,
                LlmReadings.CANCELLED,
                LlmReadings.UNCLOSED,
                LlmReadings.USAGE_MISSING,
                LlmReadings.FIRST_TOKEN + " count",
                LlmReadings.FIRST_TOKEN + " seconds",
                LlmReadings.PER_TOKEN + " count",
                LlmReadings.PER_TOKEN + " seconds",
                LlmReadings.reading("loom.llm.cached.tokens"),
                LlmReadings.reading("loom.llm.cache.write.tokens"),
                LlmReadings.reading("loom.llm.reasoning.tokens"),
                LlmReadings.reading("loom.llm.stream.stalls"),
                LlmReadings.reading("loom.llm.slow.streams"),
                LlmReadings.wasted("error"),
                LlmReadings.wasted("cancelled")));
        for (Outcome outcome : Outcome.values()) {
            expected.add(durations(outcome.label()));
            expected.add(seconds(outcome.label()));
            expected.add("loom.llm.tool.calls{model=claude-x,outcome=" + outcome.label() + ",provider=anthropic}");
        }
        for (ErrorType type : ErrorType.values()) {
            expected.add(LlmReadings.error(type.label()));
            expected.add("loom.llm.retries{error_type=" + type.label() + ",model=claude-x,provider=anthropic}");
        }
        for (FinishReason reason : FinishReason.values()) {
            expected.add("loom.llm.finish{finish_reason=" + reason.label() + ",model=claude-x,provider=anthropic}");
        }
        Map<String, Double> readings = Readings.of(test.registry());
        readings.keySet().removeIf(key -> !key.contains("model=claude-x"));

        assertThat(readings.keySet()).isEqualTo(expected);
        assertThat(readings.values()).containsOnly(0.0);
    }

    @Test
    void llm_sameProviderAndModel_isTheSameHandle() {
        assertThat(test.loom().llm("anthropic", "claude-x")).isSameAs(claude);
        assertThat(test.loom().llm("anthropic", "claude-y")).isNotSameAs(claude);
        assertThat(test.loom().llm("other", "claude-x")).isNotSameAs(claude);
        assertThat(test.loom().llm(null, null)).isSameAs(test.loom().llm("unknown", "unknown"));
    }

    @Test
    void record_success_countsRequestDurationAndTokens() {
        assertThat(test.deltas(() -> claude.record(Duration.ofMillis(750), Usage.of(120, 300))))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        seconds("success"),
                        0.75,
                        PROMPT,
                        120.0,
                        COMPLETION,
                        300.0));
    }

    @Test
    void record_usageNotKnown_isMissing() {
        assertThat(test.deltas(() -> claude.record(Duration.ZERO, null))).isEqualTo(succeeded());
    }

    @Test
    void record_negativeTokens_areRejectedAndTheOtherSideCounts() {
        assertThat(test.deltas(() -> claude.record(Duration.ZERO, Usage.of(-1, 300))))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        COMPLETION,
                        300.0,
                        rejected("loom.llm.tokens", Reason.NEGATIVE),
                        1.0));
    }

    @Test
    void record_absurdTokens_areRejectedOnBothSides() {
        assertThat(test.deltas(() -> claude.record(Duration.ZERO, Usage.of(Long.MAX_VALUE, Long.MIN_VALUE))))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        rejected("loom.llm.tokens", Reason.TOO_LARGE),
                        1.0,
                        rejected("loom.llm.tokens", Reason.NEGATIVE),
                        1.0));
    }

    @ParameterizedTest
    @CsvSource({", MISSING", "PT-1S, NEGATIVE", "PT8760H0.000000001S, TOO_LARGE"})
    void record_impossibleDuration_isRejectedAndTheRestCounts(Duration elapsed, Reason reason) {
        assertThat(test.deltas(() -> claude.record(elapsed, Usage.of(1, 2))))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        PROMPT,
                        1.0,
                        COMPLETION,
                        2.0,
                        rejected("loom.llm.request.duration", reason),
                        1.0));
    }

    @ParameterizedTest
    @EnumSource
    void recordFailure_errorType_countsRequestErrorAndDuration(ErrorType type) {
        assertThat(test.deltas(() -> claude.recordFailure(Duration.ZERO, type))).isEqualTo(failed(type.label()));
    }

    @Test
    void recordFailure_null_isOther() {
        assertThat(test.deltas(() -> claude.recordFailure(Duration.ZERO, null))).isEqualTo(failed("other"));
    }

    @Test
    void recordFailure_elapsed_isTimedAsError() {
        assertThat(test.deltas(() -> claude.recordFailure(Duration.ofSeconds(2), ErrorType.TIMEOUT)))
                .containsEntry(seconds("error"), 2.0);
    }

    @Test
    void recordCancelled_attempt_isARequestButNoError() {
        assertThat(test.deltas(() -> claude.recordCancelled(Duration.ZERO))).isEqualTo(cancelled());
        assertThat(test.deltas(() -> claude.recordCancelled(Duration.ofSeconds(3))))
                .containsEntry(seconds("cancelled"), 3.0);
    }
}
