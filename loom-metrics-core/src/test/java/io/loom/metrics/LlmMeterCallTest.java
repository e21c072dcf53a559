package io.loom.metrics;

import static io.loom.metrics.LlmReadings.COMPLETION;
import static io.loom.metrics.LlmReadings.PROMPT;
import static io.loom.metrics.LlmReadings.REQUESTS;
import static io.loom.metrics.LlmReadings.USAGE_MISSING;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.durations;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.rejected;
import static io.loom.metrics.LlmReadings.seconds;
import static io.loom.metrics.LlmReadings.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.llm.Usage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LlmMeterCallTest {
    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);

    @Test
    void call_thatReplies_returnsTheReplyAndRecordsIt() {
        Reply reply = new Reply("Once upon a time", Usage.of(120, 300));

        assertThat(test.deltas(() -> {
                    Reply returned = claude.call(
                            () -> {
                                test.clock().add(Duration.ofMillis(500));
                                return reply;
                            },
                            Reply::usage);
                    assertThat(returned).isSameAs(reply);
                }))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        seconds("success"),
                        0.5,
                        PROMPT,
                        120.0,
                        COMPLETION,
                        300.0));
    }

    @Test
    void call_underWay_isInProgress() {
        double meanwhile = claude.call(() -> test.gauge("loom.llm.requests.in.progress"));

        assertThat(meanwhile).isEqualTo(1);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @Test
    void call_withoutUsageFunction_countsItAsMissing() {
        assertThat(test.deltas(() -> claude.call(() -> "text"))).isEqualTo(succeeded());
    }

    @Test
    void call_replyWithoutUsage_countsItAsMissing() {
        assertThat(test.deltas(() -> claude.call(() -> new Reply("text", null), Reply::usage)))
                .isEqualTo(succeeded());
    }

    @Test
    void call_replyNull_isReturned() {
        assertThat(claude.<Object, RuntimeException>call(() -> null)).isNull();
        assertThat(test.sum("loom.llm.requests")).isEqualTo(1);
    }

    @Test
    void call_usageFunctionThatThrows_returnsTheReplyAndIsRejected() {
        assertThat(test.deltas(() -> {
                    String reply = claude.call(() -> "paid for", text -> {
                        throw new IllegalStateException("no usage");
                    });
                    assertThat(reply).isEqualTo("paid for");
                }))
                .isEqualTo(Map.of(
                        REQUESTS,
                        1.0,
                        durations("success"),
                        1.0,
                        USAGE_MISSING,
                        1.0,
                        rejected("loom.llm.tokens", Reason.USAGE_FUNCTION),
                        1.0));
    }

    @Test
    void call_nonsenseUsage_returnsTheReplyAndIsRejected() {
        String reply = claude.call(() -> "paid for", text -> Usage.of(-5, Long.MAX_VALUE));

        assertThat(reply).isEqualTo("paid for");
        assertThat(test.rejected("loom.llm.tokens", Reason.NEGATIVE)).isEqualTo(1);
        assertThat(test.rejected("loom.llm.tokens", Reason.TOO_LARGE)).isEqualTo(1);
        assertThat(test.sum("loom.llm.tokens")).isZero();
    }

    @ParameterizedTest
    @MethodSource
    void call_thatThrows_letsTheSameInstanceThrough(Throwable failure, Map<String, Double> expected) {
        assertThat(test.deltas(() -> assertThatThrownBy(
                                () -> claude.call(() -> sneak(failure), reply -> Usage.of(1, 1)))
                        .isSameAs(failure)
                        .hasNoSuppressedExceptions()))
                .isEqualTo(expected);
    }

    static Stream<Object[]> call_thatThrows_letsTheSameInstanceThrough() {
        return Stream.of(
                new Object[] {new SocketTimeoutException(), failed("timeout")},
                new Object[] {new IOException(), failed("network")},
                new Object[] {new IllegalStateException(), failed("other")},
                new Object[] {new StackOverflowError(), failed("other")},
                new Object[] {new CancellationException(), cancelled()},
                new Object[] {new InterruptedException(), cancelled()});
    }

    @Test
    void call_checkedException_keepsItsType() {
        try {
            claude.call(LlmMeterCallTest::missing);
        } catch (FileNotFoundException e) { // compiles only because the type is inferred
            assertThat(e).hasMessage("story.txt");
        }

        assertThat(test.deltas(() -> assertThatThrownBy(() -> claude.call(LlmMeterCallTest::missing))
                        .isInstanceOf(FileNotFoundException.class)))
                .isEqualTo(failed("network"));
    }

    @Test
    void call_thatThrowsAfterAWhile_isTimedAsError() {
        assertThat(test.deltas(() -> assertThatThrownBy(() -> claude.call(() -> {
                            test.clock().add(Duration.ofSeconds(4));
                            throw new IllegalStateException();
                        }))
                        .isInstanceOf(IllegalStateException.class)))
                .containsEntry(seconds("error"), 4.0);
    }

    @Test
    void call_interruptedThread_keepsItsInterruptFlag() {
        Thread.currentThread().interrupt();
        claude.call(() -> "text");

        assertThat(Thread.interrupted()).isTrue();
    }

    private static String missing() throws FileNotFoundException {
        throw new FileNotFoundException("story.txt");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> String sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    private record Reply(String text, Usage usage) {}
}
