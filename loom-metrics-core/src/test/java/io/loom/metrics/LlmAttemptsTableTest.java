package io.loom.metrics;

import static io.loom.metrics.LlmReadings.FIRST_TOKEN;
import static io.loom.metrics.LlmReadings.USAGE_MISSING;
import static io.loom.metrics.LlmReadings.durations;
import static io.loom.metrics.LlmReadings.failed;
import static io.loom.metrics.LlmReadings.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Usage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts after one that failed, by every way to make one: exactly what they change. */
class LlmAttemptsTableTest {
    private static final Usage USAGE = Usage.of(120, 300);
    private static final Map<String, Double> SUCCESS = Map.of(
            LlmReadings.REQUESTS,
            1.0,
            durations("success"),
            1.0,
            LlmReadings.PROMPT,
            120.0,
            LlmReadings.COMPLETION,
            300.0);
    private static final Map<String, Double> SUCCESS_OF_OTHER = Map.of(
            "loom.llm.requests{model=gpt-4,provider=openai}",
            1.0,
            "loom.llm.request.duration{model=gpt-4,outcome=success,provider=openai} count",
            1.0,
            "loom.llm.tokens{model=gpt-4,provider=openai,type=prompt}",
            120.0,
            "loom.llm.tokens{model=gpt-4,provider=openai,type=completion}",
            300.0);

    private final TestLoom test = TestLoom.create(
            builder -> builder.errorClassifier(failure -> failure instanceof Down ? ErrorType.OVERLOADED : null));
    private final LlmMeter claude = LlmReadings.claude(test);

    @ParameterizedTest
    @MethodSource("ways")
    void retryThenSuccess_countsTwoRequestsAndOneRetry(Way way) {
        assertThat(test.deltas(() -> {
                    way.fails.accept(claude);
                    claude.retried(ErrorType.OVERLOADED);
                    way.succeeds.accept(claude);
                }))
                .isEqualTo(with(
                        failed("overloaded"),
                        way.besideTheFailure,
                        SUCCESS,
                        way.firstToken("model=claude-x,provider=anthropic"),
                        Map.of("loom.llm.retries{error_type=overloaded,model=claude-x,provider=anthropic}", 1.0)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void fallback_countsAFailureHereASuccessThereAndTheWay(Way way) {
        LlmMeter other = test.loom().llm("openai", "gpt-4");

        assertThat(test.deltas(() -> {
                    way.fails.accept(claude);
                    claude.fellBackTo(other);
                    way.succeeds.accept(other);
                }))
                .isEqualTo(with(
                        failed("overloaded"),
                        way.besideTheFailure,
                        SUCCESS_OF_OTHER,
                        way.firstToken("model=gpt-4,provider=openai"),
                        Map.of(
                                "loom.llm.fallbacks{model=claude-x,provider=anthropic,to_model=gpt-4,to_provider=openai}",
                                1.0,
                                "loom.metrics.series{meter=loom.llm.fallbacks}",
                                1.0)));
    }

    static Stream<Way> ways() {
        Map<String, Double> nothing = Map.of();
        return Stream.of(
                new Way(
                        "handle",
                        meter -> meter.start().fail(new Down()),
                        meter -> meter.start().succeed(USAGE),
                        nothing),
                new Way("call", LlmAttemptsTableTest::call, meter -> meter.call(() -> USAGE, usage -> usage), nothing),
                new Way(
                        "async",
                        meter -> meter.callAsync(() -> CompletableFuture.failedFuture(new Down()), reply -> null),
                        meter -> meter.callAsync(() -> CompletableFuture.completedFuture(USAGE), usage -> usage),
                        nothing),
                new Way(
                        "stream",
                        meter -> stream(meter).fail(new Down()),
                        meter -> stream(meter).succeed(USAGE),
                        Map.of(FIRST_TOKEN + " count", 1.0, USAGE_MISSING, 1.0)));
    }

    private static void call(LlmMeter meter) {
        Down failure = new Down();
        try {
            meter.call(() -> {
                throw failure;
            });
        } catch (Down e) {
            assertThat(e).isSameAs(failure);
        }
    }

    /** One whose first chunk has come. */
    private static LlmStream stream(LlmMeter meter) {
        LlmStream stream = meter.stream();
        stream.chunk();
        return stream;
    }

    /** A way to make an attempt. */
    record Way(
            String name, Consumer<LlmMeter> fails, Consumer<LlmMeter> succeeds, Map<String, Double> besideTheFailure) {
        /** What a success has beside the rest. */
        Map<String, Double> firstToken(String labels) {
            return besideTheFailure.isEmpty()
                    ? Map.of()
                    : Map.of("loom.llm.time.to.first.token{" + labels + "} count", 1.0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Down extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
