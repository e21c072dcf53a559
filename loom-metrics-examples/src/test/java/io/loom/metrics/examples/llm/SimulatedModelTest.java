package io.loom.metrics.examples.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loom.metrics.examples.llm.SimulatedModel.Failure;
import io.loom.metrics.llm.ErrorType;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedModelTest {
    private static final int ATTEMPTS = 100_000;

    private final SplittableRandom random = new SplittableRandom(3);
    private final SimulatedModel model = new SimulatedModel("openai", "gpt-4", Duration.ofMillis(600), 0.35, 0.01);

    @Test
    void fails_manyAttempts_inTheShareThatWasAskedFor() {
        long failures = IntStream.range(0, ATTEMPTS)
                .filter(attempt -> model.fails(random))
                .count();

        assertThat(failures / (double) ATTEMPTS).isCloseTo(0.01, within(0.001));
    }

    @Test
    void latency_manyAttempts_hasTheMedianAndATailBelowTwoSeconds() {
        long[] millis = Stream.generate(() -> model.latency(random))
                .limit(ATTEMPTS)
                .mapToLong(Duration::toMillis)
                .sorted()
                .toArray();

        assertThat(millis[0]).isPositive();
        assertThat(millis[ATTEMPTS / 2]).isBetween(590L, 610L);
        assertThat(millis[ATTEMPTS * 95 / 100]).isBetween(1_000L, 1_150L);
        assertThat(millis[ATTEMPTS * 99 / 100]).isLessThan(2_000L);
    }

    @Test
    void draw_manyFailures_areOfEveryKindAndMayPass() {
        assertThat(Stream.generate(() -> Failure.draw(random)).limit(1_000))
                .contains(Failure.values())
                .extracting(Failure::type)
                .allMatch(ErrorType::retryable);
    }

    @Test
    void new_shareAboveOne_isRefused() {
        assertThatThrownBy(() -> new SimulatedModel("openai", "gpt-4", Duration.ofMillis(600), 0.35, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failure share must be 0 to 1: was 1.5");
    }
}
