package io.loom.metrics;

import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.seconds;
import static io.loom.metrics.LlmReadings.succeeded;
import static io.loom.metrics.LlmReadings.unclosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.llm.Usage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LlmMeterAsyncTest {
    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);
    private final CompletableFuture<Reply> later = new CompletableFuture<>();

    @Test
    void callAsync_stage_isReturnedItselfAndInProgressUntilItCompletes() {
        CompletionStage<Reply> returned = claude.callAsync(() -> later, Reply::usage);

        assertThat(returned).isSameAs(later);
        assertThat(test.gauge("loom.llm.requests.in.progress")).isOne();
        assertThat(test.deltas(() -> later.complete(new Reply(Usage.of(1, 2)))))
                .containsEntry(LlmReadings.REQUESTS, 1.0)
                .containsEntry(LlmReadings.IN_PROGRESS, -1.0)
                .containsEntry(LlmReadings.COMPLETION, 2.0);
    }

    @Test
    void callAsync_supplierThatTakesTime_isTimed() {
        assertThat(test.deltas(() -> claude.callAsync(
                        () -> {
                            test.clock().add(Duration.ofSeconds(2));
                            return CompletableFuture.completedFuture("text");
                        },
                        text -> null)))
                .containsEntry(seconds("success"), 2.0);
    }

    @Test
    void callAsync_stageThatIsCancelled_countsAsCancelled() {
        assertThat(test.deltas(() -> claude.callAsync(() -> later, Reply::usage).cancel(true)))
                .isEqualTo(cancelled());
    }

    @Test
    void callAsync_stageThatFails_countsTheTypeOfTheException() {
        assertThat(test.deltas(() -> {
                    claude.callAsync(() -> later, Reply::usage);
                    later.completeExceptionally(new CompletionException(new TimeoutException()));
                }))
                .isEqualTo(failed("timeout"));
    }

    @Test
    void callAsync_supplierThatThrows_letsTheSameInstanceThrough() {
        IllegalStateException thrown = new IllegalStateException();

        assertThat(test.deltas(() -> assertThatThrownBy(() -> claude.callAsync(
                                () -> {
                                    if (later.isDone()) {
                                        return later;
                                    }
                                    throw thrown;
                                },
                                Reply::usage))
                        .isSameAs(thrown)))
                .isEqualTo(failed("other"));
    }

    @Test
    void callAsync_noStage_isUnclosed() {
        assertThat(test.deltas(
                        () -> assertThat(claude.<Reply, CompletableFuture<Reply>>callAsync(() -> null, Reply::usage))
                                .isNull()))
                .isEqualTo(unclosed());
    }

    @Test
    void callAsync_usageFunctionThatThrows_doesNotReachTheStage() {
        CompletableFuture<Reply> returned = claude.callAsync(() -> later, reply -> {
            throw new IllegalStateException("no usage");
        });
        later.complete(new Reply(null));

        assertThat(returned).isCompleted();
        assertThat(test.rejected("loom.llm.tokens", Reason.USAGE_FUNCTION)).isOne();
        assertThat(test.count("loom.llm.usage.missing")).isOne();
    }

    @Test
    void callAsync_replyWithoutUsage_isMissing() {
        assertThat(test.deltas(
                        () -> claude.callAsync(() -> CompletableFuture.completedFuture(new Reply(null)), Reply::usage)))
                .isEqualTo(succeeded());
    }

    private record Reply(Usage usage) {}
}
