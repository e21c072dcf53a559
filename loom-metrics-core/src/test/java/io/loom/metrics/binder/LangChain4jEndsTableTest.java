package io.loom.metrics.binder;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.LlmReadings.IN_PROGRESS;
import static io.loom.metrics.LlmReadings.REQUESTS;
import static io.loom.metrics.LlmReadings.USAGE_MISSING;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.succeeded;
import static io.loom.metrics.LlmReadings.with;
import static io.loom.metrics.binder.ScriptedCalls.afterChunk;
import static io.loom.metrics.binder.ScriptedCalls.blocking;
import static io.loom.metrics.binder.ScriptedCalls.both;
import static io.loom.metrics.binder.ScriptedCalls.cancelledByHandle;
import static io.loom.metrics.binder.ScriptedCalls.endedByCancel;
import static io.loom.metrics.binder.ScriptedCalls.fail;
import static io.loom.metrics.binder.ScriptedCalls.listened;
import static io.loom.metrics.binder.ScriptedCalls.streamed;
import static io.loom.metrics.binder.ScriptedChatModel.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LlmReadings;
import io.loom.metrics.TestLoom;
import io.loom.metrics.binder.ScriptedCalls.Typed;
import io.loom.metrics.llm.ErrorType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every end of a call through LangChain4j, by listener and by decorator: exactly what it changes. */
class LangChain4jEndsTableTest {
    private static final Map<String, Double> USED = Map.of(
            REQUESTS,
            1.0,
            LlmReadings.durations("success"),
            1.0,
            LlmReadings.PROMPT,
            120.0,
            LlmReadings.COMPLETION,
            300.0);
    private static final Map<String, Double> SUCCESS = with(USED, Map.of(finish("stop"), 1.0));
    private static final Map<String, Double> OTHER = Map.of(finish("other"), 1.0);
    private static final Map<String, Double> FIRST_CHUNK = Map.of(FIRST_TOKEN + " count", 1.0);
    private static final Map<String, Double> MISSING = Map.of(USAGE_MISSING, 1.0);

    private final TestLoom test = TestLoom.create(
            builder -> builder.errorClassifier(failure -> failure instanceof Typed typed ? typed.type() : null));
    private final LlmMeter claude = LlmReadings.claude(test);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void end_ofACall_changesExactlyThis(String name, Consumer<TestLoom> call, Map<String, Double> expected) {
        assertThat(test.deltas(() -> call.accept(test))).isEqualTo(expected);
    }

    static Stream<Arguments> end_ofACall_changesExactlyThis() {
        return Stream.of(successes(), failures(), timeouts(), interruptions(), cancellations(), doubles(), openOnes())
                .flatMap(rows -> rows);
    }

    @Test
    void retryThenSuccess_countsTwoRequestsAndOneRetry() {
        Typed limit = new Typed(ErrorType.RATE_LIMIT);

        assertThat(test.deltas(() -> {
                    blocking(() -> {
                                throw limit;
                            })
                            .accept(test);
                    claude.retried(ErrorType.RATE_LIMIT);
                    streamed(handler -> handler.onError(limit)).accept(test);
                    claude.retried(ErrorType.RATE_LIMIT);
                    blocking(() -> RESPONSE).accept(test);
                }))
                .isEqualTo(with(
                        failed("rate_limit"),
                        failed("rate_limit"),
                        SUCCESS,
                        Map.of("loom.llm.retries{error_type=rate_limit,model=claude-x,provider=anthropic}", 2.0)));
    }

    @Test
    void fallback_countsAFailureHereASuccessThereAndTheWay() {
        LlmMeter other = test.loom().llm("openai", "gpt-4");
        StreamingChatModel failing = LoomStreamingChatModel.of(
                new ScriptedStreamingModel(handler -> handler.onError(new Typed(ErrorType.OVERLOADED))), claude);
        StreamingChatModel working = LoomStreamingChatModel.of(
                new ScriptedStreamingModel(handler -> handler.onCompleteResponse(RESPONSE)), other);

        assertThat(test.deltas(() -> {
                    failing.chat("Tell me a story", new RecordingHandler());
                    claude.fellBackTo(other);
                    working.chat("Tell me a story", new RecordingHandler());
                }))
                .isEqualTo(with(
                        failed("overloaded"),
                        Map.of(
                                "loom.llm.fallbacks{model=claude-x,provider=anthropic,to_model=gpt-4,to_provider=openai}",
                                1.0,
                                "loom.metrics.series{meter=loom.llm.fallbacks}",
                                1.0,
                                "loom.llm.requests{model=gpt-4,provider=openai}",
                                1.0,
                                "loom.llm.request.duration{model=gpt-4,outcome=success,provider=openai} count",
                                1.0,
                                "loom.llm.tokens{model=gpt-4,provider=openai,type=prompt}",
                                120.0,
                                "loom.llm.tokens{model=gpt-4,provider=openai,type=completion}",
                                300.0,
                                "loom.llm.finish{finish_reason=stop,model=gpt-4,provider=openai}",
                                1.0)));
    }

    @Test
    void errors_ofAnyMixOfEnds_areNeverMoreThanRequests() {
        Stream.of(successes(), failures(), timeouts(), interruptions(), cancellations(), doubles())
                .flatMap(rows -> rows)
                .forEach(row -> call(row).accept(test));

        assertThat(test.sum("loom.llm.errors")).isPositive().isLessThan(test.sum("loom.llm.requests"));
        assertThat(test.gauge("loom.llm.requests.in.progress")).isZero();
    }

    @SuppressWarnings("unchecked")
    private static Consumer<TestLoom> call(Arguments row) {
        return (Consumer<TestLoom>) row.get()[1];
    }

    private static Stream<Arguments> successes() {
        ChatResponse silent = ScriptedChatModel.response(null, FinishReason.LENGTH);
        return Stream.of(
                row("success, blocking", blocking(() -> RESPONSE), SUCCESS),
                row(
                        "success, blocking, without usage",
                        blocking(() -> silent),
                        with(succeeded(), Map.of(finish("length"), 1.0))),
                row(
                        "success, streamed",
                        afterChunk(handler -> handler.onCompleteResponse(RESPONSE)),
                        with(SUCCESS, FIRST_CHUNK)),
                row(
                        "success, streamed, without usage",
                        afterChunk(handler -> handler.onCompleteResponse(silent)),
                        with(succeeded(), FIRST_CHUNK, Map.of(finish("length"), 1.0))),
                row(
                        "success, streamed in no chunk",
                        streamed(handler -> handler.onCompleteResponse(RESPONSE)),
                        SUCCESS));
    }

    private static Stream<Arguments> failures() {
        return Arrays.stream(ErrorType.values())
                .flatMap(type -> failures(type.label(), midStream(type).label(), new Typed(type)));
    }

    private static Stream<Arguments> timeouts() {
        return failures("timeout", "timeout", new TimeoutException("no answer within 60 s"));
    }

    private static Stream<Arguments> failures(String type, String midStream, RuntimeException failure) {
        Map<String, Double> interrupted = with(failed(midStream), FIRST_CHUNK, MISSING);
        return Stream.of(
                row(type + ", blocking", blocking(() -> fail(failure)), failed(type)),
                row(type + ", streamed", streamed(handler -> handler.onError(failure)), failed(type)),
                row(type + ", streamed, thrown", streamed(handler -> fail(failure)), failed(type)),
                row(type + ", after the first chunk", afterChunk(handler -> handler.onError(failure)), interrupted),
                row(type + ", after the first chunk, thrown", afterChunk(handler -> fail(failure)), interrupted));
    }

    /** LangChain4j completes what broke off, without a reason. */
    private static Stream<Arguments> interruptions() {
        ChatResponse broken = ScriptedChatModel.response(null, null);
        Map<String, Double> afterChunk = with(failed("stream_interrupted"), FIRST_CHUNK, MISSING);
        Consumer<StreamingChatResponseHandler> completes = handler -> handler.onCompleteResponse(broken);
        return Stream.of(
                row("completed, blocking, without reason and usage", blocking(() -> broken), with(succeeded(), OTHER)),
                row("broke off", streamed(completes), failed("stream_interrupted")),
                row("broke off after the first chunk", afterChunk(completes), afterChunk),
                row(
                        "broke off, without a response",
                        afterChunk(handler -> handler.onCompleteResponse(null)),
                        with(
                                afterChunk,
                                Map.of("loom.metrics.rejected{meter=loom.llm.tokens,reason=usage_function}", 1.0))),
                row(
                        "broke off while the handle cancelled it",
                        endedByCancel(completes),
                        with(cancelled(), FIRST_CHUNK, MISSING)),
                row(
                        "completed without a reason that has a name",
                        afterChunk(handler ->
                                handler.onCompleteResponse(ScriptedChatModel.response(new TokenUsage(120, 300), null))),
                        with(USED, FIRST_CHUNK, OTHER)));
    }

    private static Stream<Arguments> cancellations() {
        CancellationException cancellation = new CancellationException();
        Map<String, Double> afterChunk = with(cancelled(), FIRST_CHUNK, MISSING);
        return Stream.of(
                row("cancelled, blocking", blocking(() -> fail(cancellation)), cancelled()),
                row(
                        "cancelled before the first chunk",
                        streamed(handler -> handler.onError(cancellation)),
                        cancelled()),
                row("cancelled by the handle", cancelledByHandle(new ScriptedHandle(), handler -> {}), afterChunk),
                row(
                        "cancelled by the handle, then completed",
                        cancelledByHandle(new ScriptedHandle(), handler -> handler.onCompleteResponse(RESPONSE)),
                        afterChunk),
                row(
                        "cancelled by the handle, then failed",
                        cancelledByHandle(new ScriptedHandle(), handler -> handler.onError(new Typed(ErrorType.AUTH))),
                        afterChunk),
                row(
                        "cancelled by the handle, which fails the call at once",
                        endedByCancel(handler -> handler.onError(new Typed(ErrorType.NETWORK))),
                        afterChunk),
                row(
                        "cancelled by a handle that cannot, then completed",
                        cancelledByHandle(
                                new ScriptedHandle(() -> fail(new UnsupportedOperationException())),
                                handler -> handler.onCompleteResponse(RESPONSE)),
                        with(SUCCESS, FIRST_CHUNK)));
    }

    /** LangChain4j #2988, and the other way round. */
    private static Stream<Arguments> doubles() {
        Consumer<StreamingChatResponseHandler> completedThenFailed = handler -> {
            handler.onCompleteResponse(RESPONSE);
            handler.onError(new Typed(ErrorType.NETWORK));
        };
        Consumer<StreamingChatResponseHandler> failedThenCompleted = handler -> {
            handler.onError(new Typed(ErrorType.AUTH));
            handler.onCompleteResponse(RESPONSE);
        };
        return Stream.of(
                row("completed, then failed", streamed(completedThenFailed), SUCCESS),
                row("completed, then failed, by listener", listened(completedThenFailed), SUCCESS),
                row("failed, then completed", streamed(failedThenCompleted), failed("auth")),
                row("failed, then completed, by listener", listened(failedThenCompleted), failed("auth")),
                row(
                        "completed twice",
                        streamed(handler -> {
                            handler.onCompleteResponse(RESPONSE);
                            handler.onCompleteResponse(RESPONSE);
                        }),
                        SUCCESS),
                row(
                        "failed, then thrown",
                        streamed(handler -> {
                            handler.onError(new Typed(ErrorType.AUTH));
                            fail(new Typed(ErrorType.NETWORK));
                        }),
                        failed("auth")),
                row(
                        "by listener and decorator, completed",
                        both(handler -> handler.onCompleteResponse(RESPONSE)),
                        SUCCESS),
                row(
                        "by listener and decorator, failed",
                        both(handler -> handler.onError(new Typed(ErrorType.AUTH))),
                        failed("auth")));
    }

    /** Nobody can know that no end will come. */
    private static Stream<Arguments> openOnes() {
        Map<String, Double> open = Map.of(IN_PROGRESS, 1.0);
        return Stream.of(
                row("without an end", streamed(handler -> {}), open),
                row("without an end, after the first chunk", afterChunk(handler -> {}), with(open, FIRST_CHUNK)));
    }

    private static Arguments row(String name, Consumer<TestLoom> call, Map<String, Double> expected) {
        return arguments(name, call, expected);
    }

    private static ErrorType midStream(ErrorType type) {
        boolean saysLittle = type == ErrorType.OTHER || type == ErrorType.NETWORK;
        return saysLittle ? ErrorType.STREAM_INTERRUPTED : type;
    }

    private static String finish(String reason) {
        return "loom.llm.finish{finish_reason=" + reason + ",model=claude-x,provider=anthropic}";
    }
}
