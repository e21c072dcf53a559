package io.loom.metrics;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.unclosed;
import static io.loom.metrics.LlmReadings.used;
import static io.loom.metrics.LlmReadings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every end of an attempt, by every way to make one: exactly what it changes. */
class LlmEndsTableTest {
    private static final Usage USAGE = Usage.of(120, 300);
    private static final Map<String, Double> SUCCESS = Map.of(
            LlmReadings.REQUESTS,
            1.0,
            LlmReadings.durations("success"),
            1.0,
            LlmReadings.PROMPT,
            120.0,
            LlmReadings.COMPLETION,
            300.0);
    private static final Map<String, Double> FIRST_CHUNK = Map.of(FIRST_TOKEN + " count", 1.0);

    private final TestLoom test = TestLoom.create(
            builder -> builder.errorClassifier(failure -> failure instanceof Typed typed ? typed.type : null));
    private final LlmMeter claude = LlmReadings.claude(test);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void end_ofAnAttempt_changesExactlyThis(String name, Consumer<LlmMeter> attempt, Map<String, Double> expected) {
        assertThat(test.deltas(() -> attempt.accept(claude))).isEqualTo(expected);
    }

    static Stream<Arguments> end_ofAnAttempt_changesExactlyThis() {
        return Stream.of(successes(), cancellations(), unclosedOnes(), doubles(), failures())
                .flatMap(rows -> rows);
    }

    @Test
    void errors_ofAnyMixOfEnds_areNeverMoreThanRequests() {
        end_ofAnAttempt_changesExactlyThis().forEach(row -> attempt(row).accept(claude));

        assertThat(test.sum("loom.llm.errors")).isPositive().isLessThan(test.sum("loom.llm.requests"));
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @SuppressWarnings("unchecked")
    private static Consumer<LlmMeter> attempt(Arguments row) {
        return (Consumer<LlmMeter>) row.get()[1];
    }

    private static Stream<Arguments> successes() {
        return Stream.of(
                row("success, handle", meter -> meter.start().succeed(USAGE), SUCCESS),
                row("success, call", meter -> meter.call(() -> USAGE, usage -> usage), SUCCESS),
                row(
                        "success, async",
                        meter -> meter.callAsync(() -> CompletableFuture.completedFuture(USAGE), usage -> usage),
                        SUCCESS),
                row("success, after the fact", meter -> meter.recordNanos(0, USAGE), SUCCESS),
                row("success, in numbers", meter -> meter.recordNanos(0, 120, 300), SUCCESS),
                row("success, stream", afterChunk(stream -> stream.succeed(USAGE)), with(SUCCESS, FIRST_CHUNK)),
                row(
                        "success, stream that told its usage before",
                        afterChunk(stream -> {
                            stream.usage(USAGE);
                            stream.succeed();
                        }),
                        with(SUCCESS, FIRST_CHUNK)));
    }

    private static Stream<Arguments> cancellations() {
        return Stream.of(
                row("cancelled, handle", meter -> meter.start().cancel(), cancelled()),
                row("cancelled, call", meter -> call(meter, new CancellationException()), cancelled()),
                row("cancelled, async", meter -> async(meter, new CancellationException()), cancelled()),
                row(
                        "cancelled, stream before its first chunk",
                        meter -> meter.stream().cancel(),
                        cancelled()),
                row(
                        "cancelled, stream after its first chunk",
                        afterChunk(LlmStream::cancel),
                        with(cancelled(), FIRST_CHUNK, Map.of(LlmReadings.USAGE_MISSING, 1.0))),
                row(
                        "cancelled, stream whose usage is known",
                        afterChunk(stream -> {
                            stream.usage(Usage.of(120, 7));
                            stream.cancel();
                        }),
                        with(cancelled(), FIRST_CHUNK, used(120, 7, "cancelled"))));
    }

    private static Stream<Arguments> unclosedOnes() {
        return Stream.of(
                row("unclosed, handle", meter -> meter.start().close(), unclosed()),
                row("unclosed, async without a stage", meter -> unwatched(meter, null), unclosed()),
                row(
                        "unclosed, async whose stage cannot be watched",
                        meter -> unwatched(meter, new Unwatchable()),
                        unclosed()),
                row(
                        "unclosed, stream before its first chunk",
                        meter -> meter.stream().close(),
                        unclosed()),
                row(
                        "unclosed, stream after its first chunk",
                        afterChunk(LlmStream::close),
                        with(unclosed(), FIRST_CHUNK, Map.of(LlmReadings.USAGE_MISSING, 1.0))));
    }

    private static Stream<Arguments> doubles() {
        return Stream.concat(doublesOfHandles(), doublesOfStreams());
    }

    private static Stream<Arguments> doublesOfHandles() {
        return Stream.of(
                row(
                        "complete, then error, handle",
                        ended(call -> call.succeed(USAGE), call -> call.fail(ErrorType.TIMEOUT)),
                        SUCCESS),
                row(
                        "complete, then complete, handle",
                        ended(call -> call.succeed(USAGE), call -> call.succeed(USAGE)),
                        SUCCESS),
                row("complete, then closed, handle", ended(call -> call.succeed(USAGE), LlmCall::close), SUCCESS),
                row(
                        "error, then complete, handle",
                        ended(call -> call.fail(ErrorType.AUTH), call -> call.succeed(USAGE)),
                        failed("auth")),
                row(
                        "cancelled, then complete, handle",
                        ended(LlmCall::cancel, call -> call.succeed(USAGE)),
                        cancelled()),
                row("closed, then complete, handle", ended(LlmCall::close, call -> call.succeed(USAGE)), unclosed()));
    }

    private static Stream<Arguments> doublesOfStreams() {
        return Stream.of(
                row(
                        "complete, then error",
                        afterChunk(stream -> {
                            stream.succeed(USAGE);
                            stream.fail(new TimeoutException());
                            stream.close();
                        }),
                        with(SUCCESS, FIRST_CHUNK)),
                row(
                        "error, then complete",
                        meter -> {
                            LlmStream stream = meter.stream();
                            stream.fail(ErrorType.AUTH);
                            stream.succeed(USAGE);
                        },
                        failed("auth")),
                row(
                        "cancelled, then complete",
                        meter -> {
                            LlmStream stream = meter.stream();
                            stream.cancel();
                            stream.succeed(USAGE);
                        },
                        cancelled()));
    }

    private static Stream<Arguments> failures() {
        return Arrays.stream(ErrorType.values()).flatMap(type -> {
            Map<String, Double> expected = failed(type.label());
            boolean saysLittle = type == ErrorType.OTHER || type == ErrorType.NETWORK;
            Map<String, Double> midStream = failed((saysLittle ? ErrorType.STREAM_INTERRUPTED : type).label());
            return Stream.of(
                    row(type + ", handle", meter -> meter.start().fail(type), expected),
                    row(type + ", call", meter -> call(meter, new Typed(type)), expected),
                    row(type + ", async", meter -> async(meter, new Typed(type)), expected),
                    row(type + ", async that throws at once", meter -> asyncThrowing(meter, new Typed(type)), expected),
                    row(
                            type + ", stream before its first chunk",
                            meter -> meter.stream().fail(type),
                            expected),
                    row(
                            type + ", stream after its first chunk",
                            afterChunk(stream -> stream.fail(new Typed(type))),
                            with(midStream, FIRST_CHUNK, Map.of(LlmReadings.USAGE_MISSING, 1.0))),
                    row(
                            type + ", stream whose usage is known",
                            afterChunk(stream -> {
                                stream.usage(Usage.of(9, 1));
                                stream.fail(type);
                            }),
                            with(midStream, FIRST_CHUNK, used(9, 1, "error"))));
        });
    }

    private static Arguments row(String name, Consumer<LlmMeter> attempt, Map<String, Double> expected) {
        return arguments(name, attempt, expected);
    }

    private static Consumer<LlmMeter> afterChunk(Consumer<LlmStream> end) {
        return meter -> {
            LlmStream stream = meter.stream();
            stream.chunk();
            end.accept(stream);
        };
    }

    private static Consumer<LlmMeter> ended(Consumer<LlmCall> first, Consumer<LlmCall> then) {
        return meter -> {
            LlmCall call = meter.start();
            first.accept(call);
            then.accept(call);
        };
    }

    private static void unwatched(LlmMeter meter, CompletableFuture<Usage> stage) {
        assertThat(meter.callAsync(() -> stage, usage -> usage)).isSameAs(stage);
    }

    private static void call(LlmMeter meter, RuntimeException failure) {
        try {
            meter.call(() -> {
                throw failure;
            });
        } catch (RuntimeException e) {
            assertThat(e).isSameAs(failure);
        }
    }

    private static void async(LlmMeter meter, RuntimeException failure) {
        meter.callAsync(() -> CompletableFuture.failedFuture(failure), reply -> null);
    }

    private static void asyncThrowing(LlmMeter meter, RuntimeException failure) {
        try {
            meter.<Object, CompletableFuture<Object>>callAsync(
                    () -> {
                        throw failure;
                    },
                    reply -> null);
        } catch (RuntimeException e) {
            assertThat(e).isSameAs(failure);
        }
    }

    /** A failure of a type that the caller knows. */
    private static final class Typed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ErrorType type;

        Typed(ErrorType type) {
            this.type = type;
        }
    }

    /** Somebody's own stage. */
    private static final class Unwatchable extends CompletableFuture<Usage> {
        @Override
        public CompletableFuture<Usage> whenComplete(BiConsumer<? super Usage, ? super Throwable> action) {
            throw new UnsupportedOperationException();
        }
    }
}
