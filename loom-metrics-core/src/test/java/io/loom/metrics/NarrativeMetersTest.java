package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.llm.ErrorType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrativeMetersTest {
    private final TestLoom test = TestLoom.create();
    private final NarrativeMeters narratives = test.loom().narratives();

    @Test
    void generated_narrative_countsItAndItsWords() {
        assertThat(test.deltas(() -> narratives.generated("fantasy", 1_240)))
                .isEqualTo(Map.of(
                        "loom.narratives.generated{genre=fantasy}", 1.0,
                        "loom.narratives.words{genre=fantasy}", 1_240.0,
                        "loom.narrative.length{genre=fantasy} count", 1.0,
                        "loom.narrative.length{genre=fantasy} total", 1_240.0,
                        "loom.metrics.series{meter=loom.narratives.generated}", 1.0));
    }

    @Test
    void generated_noWords_countsTheNarrative() {
        narratives.generated("fantasy", 1);

        assertThat(test.deltas(() -> narratives.generated("fantasy", 0)))
                .isEqualTo(Map.of(
                        "loom.narratives.generated{genre=fantasy}", 1.0,
                        "loom.narrative.length{genre=fantasy} count", 1.0));
    }

    @ParameterizedTest
    @CsvSource({"-1, NEGATIVE", "-9223372036854775808, NEGATIVE", "9223372036854775807, TOO_LARGE"})
    void generated_impossibleLength_isRejectedAndTheNarrativeStillCounts(long words, Reason reason) {
        narratives.generated("fantasy", 1);

        assertThat(test.deltas(() -> narratives.generated("fantasy", words)))
                .isEqualTo(Map.of(
                        "loom.narratives.generated{genre=fantasy}",
                        1.0,
                        "loom.metrics.rejected{meter=loom.narratives.words,reason=" + reason.label() + "}",
                        1.0));
    }

    @Test
    void generated_nullGenre_isUnknown() {
        narratives.generated(null, 7);

        assertThat(test.count("loom.narratives.words", "genre", "unknown")).isEqualTo(7);
    }

    @Test
    void generated_withItsTime_isTimed() {
        narratives.generated("fantasy", 10, Duration.ofSeconds(3));
        narratives.generated("fantasy", 10, null);

        assertThat(test.timer("loom.narrative.generation.duration").totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(test.rejected("loom.narrative.generation.duration", Reason.MISSING))
                .isOne();
        assertThat(test.count("loom.narratives.generated")).isEqualTo(2);
    }

    @Test
    void register_genre_hasEveryReasonOfAFailureAtZero() {
        narratives.register("fantasy");

        assertThat(test.registry().find("loom.narratives.failed").counters())
                .hasSize(ErrorType.values().length + 1)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(test.count("loom.narratives.failed", "reason", "rule_rejected"))
                .isZero();
    }

    @Test
    void handle_ofAWholeNarrative_countsItsWordsAndItsTime() {
        narratives.register("fantasy");

        assertThat(test.deltas(() -> end(narrative -> narrative.generated(800))))
                .isEqualTo(Map.of(
                        "loom.narratives.generated{genre=fantasy}", 1.0,
                        "loom.narratives.words{genre=fantasy}", 800.0,
                        "loom.narrative.length{genre=fantasy} count", 1.0,
                        "loom.narrative.length{genre=fantasy} total", 800.0,
                        "loom.narrative.generation.duration{genre=fantasy} count", 1.0,
                        "loom.narrative.generation.duration{genre=fantasy} seconds", 20.0));
    }

    @Test
    void handle_ofANarrativeThatWasCutOff_isTruncatedAndNotGenerated() {
        narratives.register("fantasy");

        assertThat(test.deltas(() -> end(narrative -> narrative.truncated(800))))
                .containsEntry("loom.narratives.truncated{genre=fantasy}", 1.0)
                .containsEntry("loom.narratives.words{genre=fantasy}", 800.0)
                .containsEntry("loom.narrative.generation.duration{genre=fantasy} count", 1.0)
                .doesNotContainKey("loom.narratives.generated{genre=fantasy}");
    }

    @Test
    void handle_ofAFailure_countsItsReasonAlone() {
        narratives.register("fantasy");

        assertThat(test.deltas(() -> end(narrative -> narrative.failed(ErrorType.RATE_LIMIT))))
                .isEqualTo(Map.of("loom.narratives.failed{genre=fantasy,reason=rate_limit}", 1.0));
        assertThat(test.deltas(() -> end(Narrative::rejected)))
                .isEqualTo(Map.of("loom.narratives.failed{genre=fantasy,reason=rule_rejected}", 1.0));
        assertThat(test.deltas(() -> end(narrative -> narrative.failed(null))))
                .isEqualTo(Map.of("loom.narratives.failed{genre=fantasy,reason=other}", 1.0));
        assertThat(test.deltas(() -> end(Narrative::close)))
                .isEqualTo(Map.of("loom.narratives.failed{genre=fantasy,reason=other}", 1.0));
    }

    @Test
    void handle_thatEndsTwice_countsOnce() {
        narratives.register("fantasy");
        Narrative narrative = narratives.start("fantasy");
        narrative.generated(1);

        assertThat(test.deltas(() -> {
                    narrative.truncated(1);
                    narrative.failed(ErrorType.OTHER);
                    narrative.rejected();
                    narrative.close();
                }))
                .isEmpty();
    }

    @Test
    void counts_withoutAHandle_areTheSame() {
        narratives.truncated("fantasy", 5);
        narratives.failed("fantasy", ErrorType.TIMEOUT);
        narratives.rejected("fantasy");

        assertThat(test.count("loom.narratives.truncated")).isOne();
        assertThat(test.count("loom.narratives.failed", "reason", "timeout")).isOne();
        assertThat(test.count("loom.narratives.failed", "reason", "rule_rejected"))
                .isOne();
    }

    private void end(Consumer<Narrative> how) {
        Narrative narrative = narratives.start("fantasy");
        test.clock().add(Duration.ofSeconds(20));
        how.accept(narrative);
    }
}
