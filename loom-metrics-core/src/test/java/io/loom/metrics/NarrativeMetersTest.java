package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
                        "loom.metrics.series{meter=loom.narratives.generated}", 1.0));
    }

    @Test
    void generated_noWords_countsTheNarrative() {
        narratives.generated("fantasy", 1);

        assertThat(test.deltas(() -> narratives.generated("fantasy", 0)))
                .isEqualTo(Map.of("loom.narratives.generated{genre=fantasy}", 1.0));
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
}
