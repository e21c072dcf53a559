package io.loom.metrics.assertj;

import static io.loom.metrics.assertj.LoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.Interaction;
import io.loom.metrics.LlmMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Severity;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoomAssertionsTest {
    private final LoomMetrics loom = LoomMetrics.builder(new SimpleMeterRegistry())
            .pricing(Pricing.parse("""
                    model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
                    gpt-4,0,10,30,,,
                    """))
            .build();

    @Test
    void assertThat_whatHappened_holds() {
        happen();

        assertThat(loom)
                .hasActiveSessions(1)
                .hasInteractions(Interaction.EDIT, 1)
                .hasRejectedNothing()
                .hasOverflownNowhere();
        assertThat(loom)
                .llm("openai", "gpt-4")
                .hasRequests(3)
                .hasEnded(Outcome.ERROR, 2)
                .hasErrors(ErrorType.RATE_LIMIT, 2)
                .hasRetries(ErrorType.RATE_LIMIT, 1)
                .hasTokens(100, 20)
                .hasCostUsd(0.0016)
                .hasMissingUsage(0)
                .hasFinished(FinishReason.STOP, 1)
                .hasInProgress(1);
        assertThat(loom).llm("nobody", "nothing").hasRequests(0).hasNoErrors();
        assertThat(loom).http("GET", "/stories/{id}").hasRequests(200, 1).hasInProgress(0);
        assertThat(loom)
                .narratives("fantasy")
                .hasGenerated(1)
                .hasWords(500)
                .hasTruncated(0)
                .hasFailed(ErrorType.TIMEOUT, 1)
                .hasRejected(1);
        assertThat(loom).rules("consistency").hasExecuted(1).hasViolations(Severity.MAJOR, 1);
        assertThat(loom).cache("response").hasHits(1).hasMisses(1).hasEvictions(1);
    }

    @ParameterizedTest
    @MethodSource
    void assertThat_whatDidNotHappen_fails(Consumer<LoomMetricsAssert> assertion) {
        happen();

        assertThatThrownBy(() -> assertion.accept(assertThat(loom))).isInstanceOf(AssertionError.class);
    }

    static Stream<Consumer<LoomMetricsAssert>> assertThat_whatDidNotHappen_fails() {
        return Stream.of(
                that -> that.hasActiveSessions(0),
                that -> that.hasInteractions(Interaction.EDIT, 2),
                that -> that.llm("openai", "gpt-4").hasRequests(2),
                that -> that.llm("openai", "gpt-4").hasEnded(Outcome.SUCCESS, 2),
                that -> that.llm("openai", "gpt-4").hasErrors(ErrorType.RATE_LIMIT, 1),
                that -> that.llm("openai", "gpt-4").hasNoErrors(),
                that -> that.llm("openai", "gpt-4").hasRetries(ErrorType.RATE_LIMIT, 0),
                that -> that.llm("openai", "gpt-4").hasTokens(100, 21),
                that -> that.llm("openai", "gpt-4").hasTokens(99, 20),
                that -> that.llm("openai", "gpt-4").hasCostUsd(0.0017),
                that -> that.llm("openai", "gpt-4").hasMissingUsage(1),
                that -> that.llm("openai", "gpt-4").hasFinished(FinishReason.STOP, 0),
                that -> that.llm("openai", "gpt-4").hasInProgress(0),
                that -> that.http("GET", "/stories/{id}").hasRequests(200, 2),
                that -> that.http("GET", "/stories/{id}").hasInProgress(1),
                that -> that.narratives("fantasy").hasGenerated(0),
                that -> that.narratives("fantasy").hasWords(1),
                that -> that.narratives("fantasy").hasTruncated(1),
                that -> that.narratives("fantasy").hasFailed(ErrorType.TIMEOUT, 0),
                that -> that.narratives("fantasy").hasRejected(0),
                that -> that.rules("consistency").hasExecuted(0),
                that -> that.rules("consistency").hasViolations(Severity.MAJOR, 0),
                that -> that.cache("response").hasHits(0),
                that -> that.cache("response").hasMisses(0),
                that -> that.cache("response").hasEvictions(0));
    }

    @Test
    void failure_ofAnAssertion_namesTheSeriesAndBothNumbers() {
        assertThatThrownBy(() -> assertThat(loom).llm("openai", "gpt-4").hasErrors(ErrorType.AUTH, 2))
                .hasMessageContaining("loom.llm.errors")
                .hasMessageContaining("auth")
                .hasMessageContaining("2.0")
                .hasMessageContaining("0.0");
    }

    @Test
    void hasRejectedNothing_valueThatWasRejected_namesItsMeter() {
        loom.interactions().rate(9);

        assertThatThrownBy(() -> assertThat(loom).hasRejectedNothing()).hasMessageContaining("loom.user.rating");
    }

    @Test
    void hasOverflownNowhere_labelWithTooManyValues_fails() {
        LoomMetrics tight = LoomMetrics.builder(new SimpleMeterRegistry())
                .valueBudget("loom.cache.hits", "cache_type", 1)
                .build();
        tight.cache("a").hit();
        tight.cache("b").hit();

        assertThatThrownBy(() -> assertThat(tight).hasOverflownNowhere()).hasMessageContaining("cache_type");
    }

    private void happen() {
        LlmMeter model = loom.llm("openai", "gpt-4");
        model.recordFailure(Duration.ZERO, ErrorType.RATE_LIMIT);
        model.retried(ErrorType.RATE_LIMIT);
        model.recordFailure(Duration.ZERO, ErrorType.RATE_LIMIT);
        model.record(Duration.ZERO, Usage.of(100, 20));
        model.finished(FinishReason.STOP);
        model.start();
        loom.http().record("GET", "/stories/{id}", 200, Duration.ZERO);
        loom.narratives().generated("fantasy", 500);
        loom.narratives().failed("fantasy", ErrorType.TIMEOUT);
        loom.narratives().rejected("fantasy");
        loom.rules().executed("consistency");
        loom.rules().violated("consistency", Severity.MAJOR);
        loom.cache("response").hit();
        loom.cache("response").miss();
        loom.cache("response").evicted();
        loom.interactions().record(Interaction.EDIT);
        loom.sessions().open();
    }
}
