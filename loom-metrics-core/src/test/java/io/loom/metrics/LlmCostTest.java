package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.llm.Pricing;
import io.loom.metrics.llm.Usage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmCostTest {
    private static final Pricing PRICES = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            story,0,0.1,0.2,0.01,,
            """);

    private static final Pricing EVERYTHING = Pricing.parse("""
            model,from_context_tokens,prompt,completion,cached,cache_write,reasoning
            gpt*,0,10,10,,,
            o*,0,1000,1000,,,
            *,0,1,1,,,
            """);

    private final TestLoom test = TestLoom.create(builder -> builder.pricing(PRICES));

    @Test
    void cost_ofManyCalls_addsUpWithoutRoundingErrors() {
        LlmMeter story = test.loom().llm("any", "story");
        for (int i = 0; i < 3_000_000; i += 100_000) {
            story.record(Duration.ZERO, Usage.of(100_000, 0)); // a cent, of which no double is the sum
        }

        assertThat(costs()).isEqualTo(0.3);
    }

    @Test
    void cost_newHandle_isThereAtZero() {
        test.loom().llm("any", "story");

        assertThat(costs()).isZero();
        assertThat(test.count("loom.llm.unpriced")).isZero();
    }

    @Test
    void cost_modelThatTheListDoesNotHave_isUnpricedAndNeverGuessed() {
        LlmMeter unknown = test.loom().llm("any", "tale");
        unknown.record(Duration.ZERO, Usage.of(1, 2));
        unknown.record(Duration.ZERO, null);

        assertThat(test.count("loom.llm.unpriced", "model", "tale")).isOne();
        assertThat(test.hasMeter("loom.llm.cost", "model", "tale")).isFalse();
    }

    @Test
    void cost_modelThatFoldedToOther_isUnpricedWhateverPatternFits() {
        TestLoom small = TestLoom.create(builder -> builder.valueBudget(1).pricing(EVERYTHING));
        small.loom().llm("any", "gpt-4").record(Duration.ZERO, Usage.of(1, 2));
        small.loom().llm("any", "gpt-5").record(Duration.ZERO, Usage.of(1, 2));

        assertThat(small.count("loom.llm.unpriced", "model", "gpt-4")).isZero();
        assertThat(small.count("loom.llm.unpriced", "model", "other")).isOne();
        assertThat(small.hasMeter("loom.llm.cost", "model", "gpt-4")).isTrue();
        assertThat(small.hasMeter("loom.llm.cost", "model", "other")).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {" ", "unknown", "other"})
    void cost_modelWithoutAName_isUnpricedWhateverPatternFits(String model) {
        TestLoom priced = TestLoom.create(builder -> builder.pricing(EVERYTHING));
        priced.loom().llm("any", model).record(Duration.ZERO, Usage.of(1, 2));

        assertThat(priced.sum("loom.llm.unpriced")).isOne();
        assertThat(priced.hasMeter("loom.llm.cost")).isFalse();
    }

    @Test
    void cost_withoutPrices_isNeitherCountedNorUnpriced() {
        TestLoom free = TestLoom.create();
        free.loom().llm("any", "story").record(Duration.ZERO, Usage.of(1, 2));

        assertThat(free.hasMeter("loom.llm.cost")).isFalse();
        assertThat(free.hasMeter("loom.llm.unpriced")).isFalse();
    }

    @Test
    void cost_usageThatCannotBeTrue_isRejectedAndTheSumStays() {
        LlmMeter story = test.loom().llm("any", "story");
        story.record(Duration.ZERO, Usage.of(10, 5).withCached(11));
        story.record(Duration.ZERO, Usage.of(10, 5).withCached(6).withCacheWrite(5));
        story.record(Duration.ZERO, Usage.of(10, 5).withReasoning(6));
        story.record(Duration.ZERO, Usage.of(-1, 5));
        story.record(Duration.ZERO, Usage.of(Long.MAX_VALUE, 5));

        assertThat(test.rejected("loom.llm.cached.tokens", Reason.OUT_OF_RANGE)).isOne();
        assertThat(test.rejected("loom.llm.cache.write.tokens", Reason.OUT_OF_RANGE))
                .isOne();
        assertThat(test.rejected("loom.llm.reasoning.tokens", Reason.OUT_OF_RANGE))
                .isOne();
        assertThat(test.rejected("loom.llm.cost", Reason.OUT_OF_RANGE)).isEqualTo(5);
        assertThat(test.count("loom.llm.tokens", "type", "prompt")).isEqualTo(30);
        assertThat(test.count("loom.llm.tokens", "type", "completion")).isEqualTo(25);
        assertThat(costs()).isZero();
    }

    @Test
    void cost_moreTokensThanAnAttemptCanHave_areRejectedAndTheSumGoesOn() {
        LlmMeter story = test.loom().llm("any", "story");
        story.record(Duration.ZERO, Usage.of(1L << 53, 0));
        story.record(Duration.ZERO, Usage.of(1_000_000_001, 0));
        story.record(Duration.ZERO, Usage.of(0, 1_000_000_001));
        assertThat(costs()).isZero();

        story.record(Duration.ZERO, Usage.of(1_000_000_000, 1_000_000_000));
        assertThat(costs()).isEqualTo(300);
        assertThat(test.sum("loom.llm.tokens")).isEqualTo(2e9);
        assertThat(test.rejected("loom.llm.tokens", Reason.TOO_LARGE)).isEqualTo(3);
        assertThat(test.rejected("loom.llm.cost", Reason.OUT_OF_RANGE)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 5, -100, 50, 0, 0, 0, 0", // a negative part makes no room for another
        "10, 5, -100, 5, 0, 0, 5, 0",
        "10, 5, 11, 5, 0, 0, 5, 0", // nor does one that was dropped take any
        "10, 5, 8, 3, 6, 8, 0, 0",
        "1152921504606846976, 5, 100, 50, 5, 0, 0, 5", // nothing is left of a whole that was dropped
        "-1, -1, 1, 1, 1, 0, 0, 0",
        "10, 1152921504606846976, 1, 1, 1, 1, 1, 0",
        "9223372036854775807, 0, -9223372036854775808, 9223372036854775807, -9223372036854775808, 0, 0, 0"
    })
    void parts_ofAnyUsage_areNeverMoreThanTheirWhole(
            long prompt,
            long completion,
            long cached,
            long cacheWrite,
            long reasoning,
            double countedCached,
            double countedWrite,
            double countedReasoning) {
        test.loom()
                .llm("any", "story")
                .record(Duration.ZERO, new Usage(prompt, completion, cached, cacheWrite, reasoning));

        assertThat(test.count("loom.llm.cached.tokens")).isEqualTo(countedCached);
        assertThat(test.count("loom.llm.cache.write.tokens")).isEqualTo(countedWrite);
        assertThat(test.count("loom.llm.reasoning.tokens")).isEqualTo(countedReasoning);
        assertThat(costs()).isZero();
        assertThat(test.rejected("loom.llm.cost", Reason.OUT_OF_RANGE)).isOne();
    }

    @Test
    void wasted_tokensThatCannotBeTrue_areNoPartOfTheWaste() {
        LlmMeter story = test.loom().llm("any", "story");
        story.start().cancel(new Usage(1_000_000_001, 5, 0, 0, 0));
        story.start().cancel(new Usage(10, -5, 0, 0, 0));

        assertThat(test.sum("loom.llm.tokens")).isEqualTo(15);
        assertThat(test.sum("loom.llm.wasted.tokens")).isEqualTo(15);
        assertThat(test.sum("loom.metrics.rejected")).isEqualTo(4); // each of the tokens, and its cost
    }

    @Test
    void parts_ofAUsage_areCountedAndLeaveTheSumAlone() {
        test.loom().llm("any", "story").record(Duration.ZERO, new Usage(100, 50, 30, 20, 40));

        assertThat(test.sum("loom.llm.tokens")).isEqualTo(150);
        assertThat(test.count("loom.llm.cached.tokens")).isEqualTo(30);
        assertThat(test.count("loom.llm.cache.write.tokens")).isEqualTo(20);
        assertThat(test.count("loom.llm.reasoning.tokens")).isEqualTo(40);
    }

    @Test
    void budget_thatIsSet_isAGauge() {
        TestLoom budgeted = TestLoom.create(builder -> builder.budgetUsd(250));

        assertThat(budgeted.gauge("loom.llm.budget")).isEqualTo(250);
        assertThat(test.hasMeter("loom.llm.budget")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void budget_thatIsNone_isRefused(double dollars) {
        assertThatThrownBy(() -> LoomMetrics.builder(test.registry()).budgetUsd(dollars))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LLM budget must be 0 or more: was " + dollars);
    }

    private double costs() {
        return test.registry().get("loom.llm.cost").functionCounter().count();
    }
}
