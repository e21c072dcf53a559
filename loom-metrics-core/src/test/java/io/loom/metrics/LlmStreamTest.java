package io.loom.metrics;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.LlmReadings.PER_TOKEN;
import static io.loom.metrics.LlmReadings.REQUESTS;
import static io.loom.metrics.LlmReadings.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Usage;
import io.loom.metrics.testing.Rivals;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmStreamTest {
    private static final String STALLS = reading("loom.llm.stream.stalls");
    private static final String SLOW = reading("loom.llm.slow.streams");

    private final TestLoom test = TestLoom.create();
    private final LlmMeter claude = LlmReadings.claude(test);

    @Test
    void stream_scriptedDelays_givesFirstAndFurtherTokensExactly() {
        LlmStream stream = claude.stream();
        chunkAfter(stream, 400);
        for (int i = 0; i < 10; i++) {
            chunkAfter(stream, 30);
        }
        after(100);
        stream.succeed(Usage.of(50, 13));

        assertThat(test.timer("loom.llm.time.to.first.token").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(400);
        assertThat(test.timer("loom.llm.time.per.output.token").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(25); // 300 ms for the twelve tokens after the first
        assertThat(test.timer("loom.llm.request.duration", "outcome", "success").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(800);
    }

    @Test
    void firstChunk_ofAStreamThatIsUnderWay_isRecordedAtOnce() {
        LlmStream stream = claude.stream();
        assertThat(test.deltas(() -> chunkAfter(stream, 250)))
                .isEqualTo(Map.of(FIRST_TOKEN + " count", 1.0, FIRST_TOKEN + " seconds", 0.25));
    }

    @Test
    void succeed_usageNotKnown_takesEachChunkForAToken() {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, 40);
        chunkAfter(stream, 40);

        assertThat(test.deltas(stream::succeed))
                .containsEntry(PER_TOKEN + " seconds", 0.04)
                .containsEntry(LlmReadings.USAGE_MISSING, 1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "1152921504606846976, 0",
        "1000000001, 0",
        "-1, 0",
        "9223372036854775807, -9223372036854775808",
        "10, 11"
    })
    void succeed_tokensThatCannotBeTrue_tellNoPace(long completion, long reasoning) {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, 40);

        assertThat(test.deltas(() -> stream.succeed(new Usage(1, completion, 0, 0, reasoning))))
                .containsKey(REQUESTS)
                .doesNotContainKeys(PER_TOKEN + " count", SLOW);
    }

    @Test
    void succeed_negativeReasoning_addsNoTokens() {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, 40);

        assertThat(test.deltas(() -> stream.succeed(new Usage(1, 2, 0, 0, -8))))
                .containsEntry(PER_TOKEN + " seconds", 0.04);
    }

    @Test
    void succeed_reasoningTokens_areNoneThatTheReaderSees() {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, 500);

        assertThat(test.deltas(() -> stream.succeed(Usage.of(1, 1_011).withReasoning(1_000))))
                .containsEntry(PER_TOKEN + " seconds", 0.05);
    }

    @Test
    void thinking_isTheFirstToken_andNoPartOfThePaceWhereTheUsageTellsItApart() {
        LlmStream stream = claude.stream();
        after(200);
        stream.thinking();
        chunkAfter(stream, 4_000);
        chunkAfter(stream, 500);

        assertThat(test.deltas(() -> stream.succeed(Usage.of(1, 1_011).withReasoning(1_000))))
                .containsEntry(PER_TOKEN + " seconds", 0.05);
        assertThat(test.timer("loom.llm.time.to.first.token").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(200);
    }

    @Test
    void thinking_thatTheUsageDoesNotTellApart_isPartOfThePace() {
        LlmStream stream = claude.stream();
        stream.thinking();
        chunkAfter(stream, 4_000);
        chunkAfter(stream, 1_000);

        assertThat(test.deltas(() -> stream.succeed(Usage.of(1, 1_001)))).containsEntry(PER_TOKEN + " seconds", 0.005);
    }

    @Test
    void thinking_withoutUsage_isNoToken() {
        LlmStream stream = claude.stream();
        stream.thinking();
        chunkAfter(stream, 4_000);
        chunkAfter(stream, 40);

        assertThat(test.deltas(stream::succeed)).containsEntry(PER_TOKEN + " seconds", 0.04);
    }

    @Test
    void thinking_thenAnError_isAnInterruptedStream() {
        LlmStream stream = claude.stream();
        stream.thinking();

        assertThat(test.deltas(() -> stream.fail(ErrorType.NETWORK)))
                .containsEntry(LlmReadings.error("stream_interrupted"), 1.0)
                .containsEntry(LlmReadings.USAGE_MISSING, 1.0);
    }

    @Test
    void thinking_afterALongGap_isAStall_andAfterTheEndNothing() {
        LlmStream stream = claude.stream();
        stream.thinking();
        after(5_001);
        assertThat(test.deltas(stream::thinking)).containsEntry(STALLS, 1.0);
        stream.cancel();

        assertThat(test.deltas(stream::thinking)).isEmpty();
    }

    @Test
    void succeed_withAReason_countsBothOnce() {
        LlmStream stream = claude.stream();

        assertThat(test.deltas(() -> {
                    stream.succeed(Usage.of(1, 5), FinishReason.LENGTH);
                    stream.succeed(Usage.of(1, 5), FinishReason.STOP);
                }))
                .containsEntry(LlmReadings.REQUESTS, 1.0)
                .containsEntry("loom.llm.finish{finish_reason=length,model=claude-x,provider=anthropic}", 1.0)
                .doesNotContainKey("loom.llm.finish{finish_reason=stop,model=claude-x,provider=anthropic}");
    }

    @Test
    void succeed_oneChunk_tellsNoPace() {
        LlmStream stream = claude.stream();
        stream.chunk();
        after(60_000);

        assertThat(test.deltas(() -> stream.succeed(Usage.of(1, 300)))).doesNotContainKeys(PER_TOKEN + " count", SLOW);
    }

    @Test
    void succeed_withoutAnyChunk_countsTheRequestOnly() {
        assertThat(test.deltas(() -> claude.stream().succeed(Usage.of(1, 5))))
                .containsEntry(LlmReadings.REQUESTS, 1.0)
                .doesNotContainKeys(FIRST_TOKEN + " count", PER_TOKEN + " count");
    }

    @ParameterizedTest
    @CsvSource({"5000, 0", "5001, 1"})
    void gap_longerThanTheLimit_isAStall(long millis, double stalls) {
        LlmStream stream = claude.stream();
        after(60_000); // waiting for the first chunk is no stall
        stream.chunk();
        chunkAfter(stream, millis);

        assertThat(test.count("loom.llm.stream.stalls")).isEqualTo(stalls);
    }

    @Test
    void gap_beforeAnErrorAfterChunks_isAStall() {
        LlmStream stream = claude.stream();
        stream.chunk();
        after(30_000);

        assertThat(test.deltas(() -> stream.fail(ErrorType.TIMEOUT))).containsEntry(STALLS, 1.0);
    }

    @Test
    void gap_ofTheCallersOwnLimit_isAStall() {
        TestLoom own = TestLoom.create(builder -> builder.streamStall(Duration.ofMillis(100)));
        LlmStream stream = LlmReadings.claude(own).stream();
        stream.chunk();
        own.clock().add(Duration.ofMillis(101));
        stream.chunk();

        assertThat(own.count("loom.llm.stream.stalls")).isOne();
    }

    /** 100 tokens are 75 words, which a reader of 5 words a second reads in 15 seconds. */
    @ParameterizedTest
    @CsvSource({"15000, 0", "15001, 1"})
    void succeed_slowerThanAReader_isSlow(long millis, double slow) {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, millis);
        stream.succeed(Usage.of(1, 100));

        assertThat(test.count("loom.llm.slow.streams")).isEqualTo(slow);
    }

    @Test
    void succeed_slowerThanAReaderOfTheCallersOwnSpeed_isSlow() {
        TestLoom own = TestLoom.create(builder -> builder.readingSpeed(7.5));
        LlmStream stream = LlmReadings.claude(own).stream();
        stream.chunk();
        own.clock().add(Duration.ofMillis(10_001));
        stream.chunk();
        stream.succeed(Usage.of(1, 100));

        assertThat(own.count("loom.llm.slow.streams")).isOne();
    }

    @Test
    void end_afterLongerThanItsClockHolds_countsWithoutATime() {
        LlmStream stream = claude.stream();
        stream.chunk();
        chunkAfter(stream, Duration.ofDays(2).toMillis());
        after(Duration.ofDays(1).toMillis());

        assertThat(test.deltas(() -> stream.fail(ErrorType.TIMEOUT)))
                .containsEntry(LlmReadings.error("timeout"), 1.0)
                .containsEntry(LlmReadings.rejected("loom.llm.request.duration", Reason.NEGATIVE), 1.0);
        assertThat(test.count("loom.llm.stream.stalls")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-200_000_001, -1, 0, Integer.MAX_VALUE * 100_000L - 1})
    void stream_whereTheClockTurnsOver_measuresAsAnywhere(long nanoTime) {
        TestLoom own = TestLoom.create();
        own.clock().add(Duration.ofNanos(nanoTime - own.clock().monotonicTime()));
        LlmStream stream = LlmReadings.claude(own).stream();
        own.clock().add(Duration.ofMillis(400));
        stream.chunk();

        assertThat(own.timer("loom.llm.time.to.first.token").totalTime(TimeUnit.MICROSECONDS))
                .isCloseTo(400_000, within(100.0));
    }

    @Test
    void chunk_afterTheEnd_doesNothing() {
        LlmStream stream = claude.stream();
        stream.cancel();

        assertThat(test.deltas(() -> chunkAfter(stream, 10))).isEmpty();
    }

    @Test
    void usage_keptBeforeACancellation_isCountedAndWasted() {
        LlmStream stream = claude.stream();
        stream.chunk();
        stream.usage(Usage.of(10, 1));
        stream.usage(Usage.of(100, 20));

        assertThat(test.deltas(stream::cancel))
                .containsEntry(LlmReadings.PROMPT, 100.0)
                .containsEntry(LlmReadings.COMPLETION, 20.0)
                .containsEntry(LlmReadings.wasted("cancelled"), 120.0)
                .doesNotContainKey(LlmReadings.USAGE_MISSING);
    }

    @Test
    void end_eightRivals_oneEndCounts() throws Exception {
        LlmStream[] streams = new LlmStream[20_000];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = claude.stream();
            streams[i].chunk();
            streams[i].usage(Usage.of(1, 2));
        }

        Rivals.race(thread -> {
            for (LlmStream stream : streams) {
                switch (thread % 4) {
                    case 0 -> stream.succeed();
                    case 1 -> stream.fail(ErrorType.NETWORK);
                    case 2 -> stream.cancel();
                    default -> stream.close();
                }
            }
            return null;
        });

        assertThat(test.sum("loom.llm.requests")).isEqualTo(streams.length);
        assertThat(test.sum("loom.llm.tokens")).isCloseTo(3.0 * streams.length, within(0.0));
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    private void chunkAfter(LlmStream stream, long millis) {
        after(millis);
        stream.chunk();
    }

    private void after(long millis) {
        test.clock().add(Duration.ofMillis(millis));
    }
}
