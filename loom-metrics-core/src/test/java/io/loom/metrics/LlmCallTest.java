package io.loom.metrics;

import static io.loom.metrics.LlmReadings.COMPLETION;
import static io.loom.metrics.LlmReadings.PROMPT;
import static io.loom.metrics.LlmReadings.REQUESTS;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.durations;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.seconds;
import static io.loom.metrics.LlmReadings.succeeded;
import static io.loom.metrics.LlmReadings.unclosed;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.testing.Rivals;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LlmCallTest {
    private static final String DURATION = "loom.llm.request.duration";

    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);

    @Test
    void start_attempt_isInProgressAndNotYetARequest() {
        assertThat(test.deltas(claude::start)).isEqualTo(Map.of(LlmReadings.IN_PROGRESS, 1.0));
    }

    @Test
    void succeed_withUsage_countsRequestDurationAndTokens() {
        assertThat(deltasOf(call -> {
                    test.clock().add(Duration.ofMillis(1_250));
                    call.succeed(Usage.of(120, 300));
                }))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        seconds("success"),
                        1.25,
                        PROMPT,
                        120.0,
                        COMPLETION,
                        300.0));
    }

    @Test
    void succeed_withAReason_countsBothOnce() {
        assertThat(deltasOf(call -> {
                    call.succeed(Usage.of(1, 2), FinishReason.LENGTH);
                    call.succeed(Usage.of(1, 2), FinishReason.STOP);
                }))
                .containsEntry(REQUESTS, 1.0)
                .containsEntry("loom.llm.finish{finish_reason=length,model=claude-x,provider=anthropic}", 1.0)
                .doesNotContainKey("loom.llm.finish{finish_reason=stop,model=claude-x,provider=anthropic}");
    }

    @Test
    void fail_whereMoreIsKnown_countsThatType() {
        assertThat(deltasOf(call -> call.fail(new TimeoutException(), failure -> ErrorType.OVERLOADED)))
                .isEqualTo(failed("overloaded"));
        assertThat(deltasOf(call -> call.fail(new TimeoutException(), failure -> {
                    throw new NoSuchMethodError("type");
                })))
                .containsAllEntriesOf(failed("timeout"));
    }

    @Test
    void succeed_withoutUsage_countsItAsMissing() {
        assertThat(deltasOf(LlmCall::succeed)).isEqualTo(succeeded());
        assertThat(deltasOf(call -> call.succeed(null))).isEqualTo(succeeded());
    }

    @ParameterizedTest
    @EnumSource
    void fail_errorType_countsRequestErrorAndDuration(ErrorType type) {
        assertThat(deltasOf(call -> call.fail(type))).isEqualTo(failed(type.label()));
    }

    @Test
    void fail_null_isOther() {
        assertThat(deltasOf(call -> call.fail((ErrorType) null))).isEqualTo(failed("other"));
        assertThat(deltasOf(call -> call.fail((Throwable) null))).isEqualTo(failed("other"));
    }

    @Test
    void fail_elapsed_isTimedAsError() {
        assertThat(deltasOf(call -> {
                    test.clock().add(Duration.ofSeconds(2));
                    call.fail(ErrorType.TIMEOUT);
                }))
                .containsEntry(seconds("error"), 2.0);
    }

    @Test
    void fail_exception_countsTheTypeOfItsClass() {
        assertThat(deltasOf(call -> call.fail(new TimeoutException()))).isEqualTo(failed("timeout"));
        assertThat(deltasOf(call -> call.fail(new IOException()))).isEqualTo(failed("network"));
        assertThat(deltasOf(call -> call.fail(new IllegalStateException()))).isEqualTo(failed("other"));
    }

    @Test
    void fail_cancellationOrInterrupt_isNoError() {
        assertThat(deltasOf(call -> call.fail(new CancellationException()))).isEqualTo(cancelled());
        assertThat(deltasOf(call -> call.fail(new InterruptedException()))).isEqualTo(cancelled());
    }

    @Test
    void cancel_attempt_isARequestButNoError() {
        assertThat(deltasOf(LlmCall::cancel)).isEqualTo(cancelled());
        assertThat(deltasOf(call -> {
                    test.clock().add(Duration.ofSeconds(3));
                    call.cancel();
                }))
                .containsEntry(seconds("cancelled"), 3.0);
    }

    @Test
    void failOrCancel_withWhatWasUsed_countsItAsWasted() {
        assertThat(deltasOf(call -> call.cancel(Usage.of(120, 7)))).isEqualTo(wasted(cancelled(), "cancelled"));
        assertThat(deltasOf(call -> call.fail(new IOException(), each -> null, Usage.of(120, 7))))
                .isEqualTo(wasted(failed("network"), "error"));
        assertThat(deltasOf(call -> call.fail(new CancellationException(), each -> null, Usage.of(120, 7))))
                .isEqualTo(wasted(cancelled(), "cancelled"));
    }

    @Test
    void failOrCancel_withoutKnowingWhatWasUsed_countsItAsMissing() {
        assertThat(deltasOf(call -> call.cancel(null)))
                .containsEntry(LlmReadings.USAGE_MISSING, 1.0)
                .containsAllEntriesOf(cancelled())
                .hasSize(4);
        assertThat(deltasOf(call -> call.fail(new IOException(), each -> null, null)))
                .containsEntry(LlmReadings.USAGE_MISSING, 1.0)
                .containsAllEntriesOf(failed("network"))
                .hasSize(4);
    }

    @Test
    void close_withoutAnEnd_isUnclosedAndAnErrorOther() {
        assertThat(deltasOf(LlmCall::close)).isEqualTo(unclosed());
    }

    @Test
    void close_afterAnEnd_changesNothing() {
        LlmCall call = claude.start();
        call.succeed();

        assertThat(test.deltas(call::close)).isEmpty();
    }

    @Test
    void end_second_changesNothing() {
        LlmCall call = claude.start();
        call.cancel();

        assertThat(test.deltas(() -> {
                    call.succeed(Usage.of(1, 2));
                    call.fail(ErrorType.AUTH);
                    call.fail(new IOException());
                    call.fail(new IOException(), each -> null, Usage.of(1, 2));
                    call.cancel();
                    call.cancel(Usage.of(1, 2));
                    call.close();
                }))
                .isEmpty();
    }

    @Test
    void end_eightRivals_oneEndCounts() throws Exception {
        List<LlmCall> calls = Stream.generate(claude::start).limit(200_000).toList();

        Rivals.race(thread -> {
            calls.forEach(call -> end(call, thread));
            return null;
        });

        assertThat(test.sum("loom.llm.requests")).isEqualTo(calls.size());
        assertThat(test.timer(DURATION, "outcome", "error").count()).isEqualTo((long) test.sum("loom.llm.errors"));
        assertThat(test.timer(DURATION, "outcome", "success").count()
                        + test.timer(DURATION, "outcome", "error").count()
                        + test.timer(DURATION, "outcome", "cancelled").count())
                .isEqualTo(calls.size());
        assertThat(test.count("loom.llm.tokens", "type", "completion"))
                .isEqualTo(2.0 * test.timer(DURATION, "outcome", "success").count());
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    private static void end(LlmCall call, int thread) {
        switch (thread % 4) {
            case 0 -> call.succeed(Usage.of(1, 2));
            case 1 -> call.fail(ErrorType.TIMEOUT);
            case 2 -> call.cancel();
            default -> call.close();
        }
    }

    private static Map<String, Double> wasted(Map<String, Double> end, String outcome) {
        Map<String, Double> expected = new HashMap<>(end);
        expected.putAll(Map.of(PROMPT, 120.0, COMPLETION, 7.0, LlmReadings.wasted(outcome), 127.0));
        return expected;
    }

    /** What an attempt changes from before its start to after its end: it is no longer in progress then. */
    private Map<String, Double> deltasOf(Consumer<LlmCall> end) {
        return test.deltas(() -> end.accept(claude.start()));
    }
}
