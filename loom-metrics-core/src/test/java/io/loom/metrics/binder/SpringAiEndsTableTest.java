package io.loom.metrics.binder;

import static io.loom.metrics.LlmReadings.IN_PROGRESS;
import static io.loom.metrics.LlmReadings.USAGE_MISSING;
import static io.loom.metrics.LlmReadings.cancelled;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.succeeded;
import static io.loom.metrics.LlmReadings.unclosed;
import static io.loom.metrics.binder.SpringAi.PROMPT;
import static io.loom.metrics.binder.SpringAi.USAGE;
import static io.loom.metrics.binder.SpringAi.answer;
import static io.loom.metrics.binder.SpringAi.chunk;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.loom.metrics.LlmReadings;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.observation.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Every end of an attempt that Spring AI observes, blocking or streamed: exactly what it changes. */
class SpringAiEndsTableTest {
    private static final Map<String, Double> FINISHED =
            Map.of("loom.llm.finish{finish_reason=stop,model=claude-x,provider=anthropic}", 1.0);
    private static final Map<String, Double> SUCCESS = with(
            FINISHED,
            Map.of(
                    LlmReadings.REQUESTS,
                    1.0,
                    LlmReadings.durations("success"),
                    1.0,
                    LlmReadings.PROMPT,
                    120.0,
                    LlmReadings.COMPLETION,
                    300.0));

    /** Whether a chunk came before it was cancelled is not to be seen, and so what it used is not known. */
    private static final Map<String, Double> CANCELLED_STREAM = with(cancelled(), Map.of(USAGE_MISSING, 1.0));

    private final SpringAi spring = new SpringAi();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void end_ofAnAttempt_changesExactlyThis(String name, Consumer<SpringAi> attempt, Map<String, Double> expected) {
        assertThat(spring.deltas(() -> attempt.accept(spring))).isEqualTo(expected);
    }

    static Stream<Arguments> end_ofAnAttempt_changesExactlyThis() {
        return Stream.of(successes(), cancellations(), timeouts(), others(), failures())
                .flatMap(rows -> rows);
    }

    @Test
    void retryThenSuccess_countsTwoRequestsAndTheCallersRetry() {
        List<Flux<ChatResponse>> attempts = new ArrayList<>(
                List.of(Flux.error(new TypedException(ErrorType.RATE_LIMIT)), Flux.just(chunk(), answer(USAGE))));
        ChatModel model = spring.streaming(Flux.defer(() -> attempts.remove(0)));

        assertThat(spring.deltas(() -> model.stream(PROMPT)
                        .retryWhen(Retry.max(1)
                                .doBeforeRetry(signal ->
                                        spring.loom.llm("anthropic", "claude-x").retried(ErrorType.RATE_LIMIT)))
                        .blockLast()))
                .isEqualTo(with(
                        failed("rate_limit"),
                        SUCCESS,
                        Map.of("loom.llm.retries{error_type=rate_limit,model=claude-x,provider=anthropic}", 1.0)));
    }

    @Test
    void fallback_countsAFailureHereASuccessThereAndTheCallersWay() {
        ChatModel busy = spring.streaming(Flux.error(new TypedException(ErrorType.OVERLOADED)));
        ChatModel other = new ObservedChatModel(spring.observations, "openai", () -> null, Flux.just(answer(USAGE)));
        spring.loom.llm("openai", "claude-x");

        assertThat(spring.deltas(() -> busy.stream(PROMPT)
                        .onErrorResume(failure -> {
                            spring.loom.llm("anthropic", "claude-x").fellBackTo(spring.loom.llm("openai", "claude-x"));
                            return other.stream(PROMPT);
                        })
                        .blockLast()))
                .isEqualTo(with(
                        failed("overloaded"),
                        Map.of(
                                "loom.llm.fallbacks{model=claude-x,provider=anthropic,to_model=claude-x,to_provider=openai}",
                                1.0,
                                "loom.metrics.series{meter=loom.llm.fallbacks}",
                                1.0),
                        atOpenAi(SUCCESS)));
    }

    @Test
    void errors_ofAnyMixOfEnds_areNeverMoreThanRequests() {
        end_ofAnAttempt_changesExactlyThis().forEach(row -> attempt(row).accept(spring));

        double requests = spring.registry.get("loom.llm.requests").counter().count();
        assertThat(spring.registry.get("loom.llm.errors").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isPositive()
                .isLessThan(requests);
    }

    @SuppressWarnings("unchecked")
    private static Consumer<SpringAi> attempt(Arguments row) {
        return (Consumer<SpringAi>) row.get()[1];
    }

    private static Stream<Arguments> successes() {
        return Stream.of(
                row(
                        "success, call",
                        spring -> spring.answering(() -> answer(USAGE)).call(PROMPT),
                        SUCCESS),
                row(
                        "success, stream",
                        spring -> spring.streaming(Flux.just(chunk(), answer(USAGE))).stream(PROMPT)
                                .blockLast(),
                        SUCCESS),
                row(
                        "success, call whose usage is not known",
                        spring ->
                                spring.answering(() -> answer(new EmptyUsage())).call(PROMPT),
                        with(succeeded(), FINISHED)),
                row(
                        "success, stream whose usage is not known",
                        spring -> spring.streaming(Flux.just(chunk(), answer(new EmptyUsage()))).stream(PROMPT)
                                .blockLast(),
                        with(succeeded(), FINISHED)),
                row(
                        "success, stream without a chunk",
                        spring -> spring.streaming(Flux.empty()).stream(PROMPT).blockLast(),
                        with(
                                succeeded(),
                                Map.of(
                                        "loom.llm.finish{finish_reason=other,model=claude-x,provider=anthropic}",
                                        1.0))));
    }

    private static Stream<Arguments> cancellations() {
        return Stream.of(
                row("cancelled, call", spring -> call(spring, new CancellationException()), cancelled()),
                row(
                        "interrupted, call",
                        spring -> call(spring, new IllegalStateException(new InterruptedException())),
                        cancelled()),
                row(
                        "cancelled, stream before its first chunk",
                        spring -> spring.streaming(Flux.never()).stream(PROMPT)
                                .subscribe()
                                .dispose(),
                        CANCELLED_STREAM),
                row(
                        "cancelled, stream after its first chunk",
                        spring -> spring.afterChunk((chunks, reader) -> reader.dispose()),
                        CANCELLED_STREAM),
                row(
                        "cancelled, stream of which the first chunk was enough",
                        spring -> spring.streaming(Flux.just(chunk(), answer(USAGE))).stream(PROMPT)
                                .take(1)
                                .blockLast(),
                        CANCELLED_STREAM));
    }

    private static Stream<Arguments> timeouts() {
        return Stream.of(
                row(
                        "the client's time-out, stream before its first chunk",
                        spring -> stream(spring, Flux.error(new TimeoutException())),
                        failed("timeout")),
                row(
                        "the client's time-out, stream after its first chunk",
                        spring -> spring.afterChunk((chunks, reader) -> chunks.tryEmitError(new TimeoutException())),
                        failed("timeout")),
                row(
                        "the reader's time-out, stream before its first chunk",
                        spring -> spring.timedOut(Flux.never()),
                        CANCELLED_STREAM),
                row(
                        "the reader's time-out, stream after its first chunk",
                        spring -> spring.timedOut(Flux.just(chunk()).concatWith(Flux.never())),
                        CANCELLED_STREAM));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                row(
                        "call with neither answer nor error",
                        spring -> spring.answering(() -> null).call(PROMPT),
                        unclosed()),
                row("never stopped", spring -> spring.observation().start(), Map.of(IN_PROGRESS, 1.0)),
                row("stopped, never started", spring -> spring.observation().stop(), Map.of()),
                row(
                        "stopped twice",
                        spring -> {
                            Observation observation = spring.observation().start();
                            observation.error(new TypedException(ErrorType.AUTH));
                            observation.stop();
                            observation.error(new TypedException(ErrorType.RATE_LIMIT));
                            observation.stop();
                        },
                        failed("auth")),
                row(
                        "answer, then error",
                        spring -> {
                            ChatModelObservationContext context = SpringAi.context();
                            Observation observation =
                                    spring.observation(context).start();
                            context.setResponse(answer(USAGE));
                            observation.error(new TypedException(ErrorType.INVALID_RESPONSE));
                            observation.stop();
                        },
                        with(
                                failed("invalid_response"),
                                Map.of(LlmReadings.PROMPT, 120.0, LlmReadings.COMPLETION, 300.0),
                                Map.of(LlmReadings.wasted("error"), 420.0))));
    }

    private static Stream<Arguments> failures() {
        return Arrays.stream(ErrorType.values()).flatMap(type -> {
            TypedException failure = new TypedException(type);
            Map<String, Double> expected = failed(type.label());
            return Stream.of(
                    row(type + ", call", spring -> call(spring, failure), expected),
                    row(
                            type + ", stream before its first chunk",
                            spring -> stream(spring, Flux.error(failure)),
                            expected),
                    row(
                            type + ", stream after its first chunk",
                            spring -> spring.afterChunk((chunks, reader) -> chunks.tryEmitError(failure)),
                            expected));
        });
    }

    private static Arguments row(String name, Consumer<SpringAi> attempt, Map<String, Double> expected) {
        return arguments(name, attempt, expected);
    }

    private static void call(SpringAi spring, RuntimeException failure) {
        ChatModel model = spring.answering(() -> {
            throw failure;
        });
        assertThat(catchThrowable(() -> model.call(PROMPT))).isSameAs(failure);
    }

    private static void stream(SpringAi spring, Flux<ChatResponse> chunks) {
        spring.streaming(chunks).stream(PROMPT).onErrorComplete().blockLast();
    }

    /** The same changes, of the model of the same name at OpenAI. */
    private static Map<String, Double> atOpenAi(Map<String, Double> readings) {
        return readings.entrySet().stream()
                .collect(toMap(
                        reading -> reading.getKey().replace("provider=anthropic", "provider=openai"),
                        Map.Entry::getValue));
    }

    @SafeVarargs
    private static Map<String, Double> with(Map<String, Double>... parts) {
        Map<String, Double> sum = new HashMap<>();
        for (Map<String, Double> part : parts) {
            part.forEach((key, value) -> sum.merge(key, value, Double::sum));
        }
        return sum;
    }
}
