package io.loom.metrics.examples.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.StoryRule;
import io.loom.metrics.llm.RateLimits.Resource;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedProviderTest {
    private static final Pause NONE = duration -> {};

    private final MockClock clock = new MockClock();

    @Test
    void all_standard_areThreeModelsOfThreeProviders() {
        assertThat(all(1, NONE))
                .extracting(provider -> provider.name() + '/' + provider.model())
                .containsExactly("openai/gpt-4", "anthropic/claude-x", "mistral/mistral-large");
    }

    @Test
    void complete_sameSeed_answersTheSame() {
        assertThat(answers(7)).isEqualTo(answers(7));
    }

    @Test
    void complete_otherSeed_answersOtherwise() {
        assertThat(answers(7)).isNotEqualTo(answers(8));
    }

    @Test
    void complete_twoModelsOfOneSeed_answerOtherwise() {
        List<LlmProvider> models = all(7, NONE);

        assertThat(answers(models.get(0))).isNotEqualTo(answers(models.get(1)));
    }

    @Test
    void complete_manyAttempts_failInAboutOneOfAHundred() throws Exception {
        LlmProvider provider = all(3, NONE).get(0);
        int failures = 0;
        for (int i = 0; i < 1_000; i++) {
            try {
                provider.complete("Tell.", () -> {});
            } catch (ProviderException e) {
                failures++;
            }
        }

        assertThat(failures).isBetween(3, 25);
    }

    @Test
    void complete_answer_comesInChunks_afterAWaitForEach() throws Exception {
        List<Duration> pauses = new ArrayList<>();
        List<Integer> chunks = new ArrayList<>();
        LlmProvider provider = all(3, pauses::add).get(0);

        provider.complete("Tell.", () -> chunks.add(pauses.size()));

        assertThat(chunks).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(pauses).hasSize(8).allSatisfy(pause -> assertThat(pause).isPositive());
        assertThat(pauses.get(0)).isGreaterThan(pauses.get(1));
    }

    @Test
    void complete_manyAnswers_areCutOffNowAndThen() throws Exception {
        LlmProvider provider = all(3, NONE).get(0);
        int cut = 0;
        for (int i = 0; i < 1_000; i++) {
            try {
                cut += provider.complete("Tell.", () -> {}).whole() ? 0 : 1;
            } catch (ProviderException e) {
                assertThat(e.errorType().retryable()).isTrue();
            }
        }

        assertThat(cut).isBetween(3, 25);
    }

    @Test
    void complete_answer_countsTokensByLength() throws Exception {
        Completion completion = all(1, NONE).get(0).complete("x".repeat(40), () -> {});

        assertThat(completion.usage().promptTokens()).isEqualTo(11);
        assertThat(completion.usage().completionTokens())
                .isEqualTo(completion.text().length() / 4 + 1);
    }

    @ParameterizedTest
    @EnumSource
    void complete_anyGenre_breaksEachRuleNowAndThenAndMostlyNone(Genre genre) {
        LlmProvider provider = all(5, NONE).get(1);
        List<List<StoryRule>> broken = Stream.generate(() -> textOf(provider, genre))
                .limit(1_000)
                .map(text -> StoryRule.brokenBy(genre, text))
                .toList();

        assertThat(broken.stream().filter(List::isEmpty).count()).isGreaterThan(750);
        assertThat(broken.stream().flatMap(List::stream)).contains(StoryRule.values());
    }

    @Test
    void complete_allAttemptsAreToFail_doesSoEachTime() {
        LlmProvider provider = SimulatedProvider.all(3, 1, clock, NONE).get(0);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> provider.complete("Tell.", () -> {})).isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void complete_noAttemptIsToFail_neverDoes() throws Exception {
        LlmProvider provider = SimulatedProvider.all(3, 0, clock, NONE).get(0);

        for (int i = 0; i < 1_000; i++) {
            assertThat(provider.complete("Tell.", () -> {}).text()).isNotBlank();
        }
    }

    @Test
    void rateLimits_afterAttempts_areWhatIsLeftOfTheMinute() throws Exception {
        LlmProvider provider = SimulatedProvider.all(3, 0, clock, NONE).get(0);
        provider.complete("Tell.", () -> {});
        provider.complete("Tell.", () -> {});

        assertThat(provider.rateLimits().limits()).isEqualTo(Map.of(Resource.REQUESTS, 60_000L));
        assertThat(provider.rateLimits().remaining()).isEqualTo(Map.of(Resource.REQUESTS, 59_998L));
    }

    /** As real ones do. Else they would say that nothing is left, and go on. */
    @Test
    void complete_beyondTheLimit_isRefusedUntilTheMinuteEnds() throws Exception {
        LlmProvider provider = new SimulatedProvider(
                new SimulatedModel("openai", "gpt-4", Duration.ZERO, 0, 0), new RequestLimit(1, clock), 3, NONE);
        provider.complete("Tell.", () -> {});

        assertThatThrownBy(() -> provider.complete("Tell.", () -> {}))
                .isInstanceOf(ProviderException.class)
                .hasMessage("openai/gpt-4: rate_limit");
        clock.add(Duration.ofMinutes(1));
        assertThat(provider.complete("Tell.", () -> {}).text()).isNotBlank();
    }

    private static List<LlmProvider> all(long seed, Pause pause) {
        return SimulatedProvider.all(seed, 0.01, Clock.SYSTEM, pause);
    }

    private static String textOf(LlmProvider provider, Genre genre) {
        try {
            return provider.complete("a genre " + genre.label() + " story", () -> {})
                    .text();
        } catch (ProviderException e) {
            return textOf(provider, genre);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> answers(long seed) {
        return answers(all(seed, NONE).get(0));
    }

    private static List<String> answers(LlmProvider provider) {
        return Stream.generate(() -> textOf(provider, Genre.MYSTERY)).limit(20).toList();
    }
}
