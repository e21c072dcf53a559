package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InteractionMetersTest {
    private static final String SCORE = "loom.user.satisfaction.score";

    private final TestLoom test = TestLoom.create();
    private final InteractionMeters interactions = test.loom().interactions();

    @Test
    void series_beforeTheFirstInteraction_areAllAtZero() {
        assertThat(Interaction.values())
                .extracting(Interaction::label)
                .containsExactly("accept", "edit", "regenerate", "reject", "abandon", "copy", "share", "rate")
                .allSatisfy(label -> assertThat(test.count("loom.user.interactions", "interaction_type", label))
                        .isZero());
        assertThat(test.registry().find("loom.user.interactions").counters()).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource
    void record_interaction_countsIt(Interaction interaction) {
        assertThat(test.deltas(() -> interactions.record(interaction)))
                .isEqualTo(Map.of("loom.user.interactions{interaction_type=" + interaction.label() + "}", 1.0));
    }

    @Test
    void record_interactionOfTheCallersOwn_countsIt() {
        interactions.record("bookmark");

        assertThat(test.count("loom.user.interactions", "interaction_type", "bookmark"))
                .isEqualTo(1);
    }

    @Test
    void record_null_isUnknown() {
        interactions.record((Interaction) null);
        interactions.record((String) null);

        assertThat(test.count("loom.user.interactions", "interaction_type", "unknown"))
                .isEqualTo(2);
    }

    @Test
    void rate_rating_countsAnInteractionAndEntersTheScore() {
        assertThat(test.deltas(() -> interactions.rate(4)))
                .isEqualTo(Map.of(
                        "loom.user.interactions{interaction_type=rate}",
                        1.0,
                        "loom.user.rating count",
                        1.0,
                        "loom.user.rating total",
                        4.0,
                        SCORE,
                        4.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void rate_ratingOutOfRange_isRejectedWhole(int rating) {
        assertThat(test.deltas(() -> interactions.rate(rating)))
                .isEqualTo(Map.of("loom.metrics.rejected{meter=loom.user.rating,reason=out_of_range}", 1.0));
    }

    @Test
    void score_beforeAnyRating_isNaN() {
        assertThat(test.gauge(SCORE)).isNaN();
    }

    @Test
    void score_ratings_isTheirMean() {
        interactions.rate(1);
        interactions.rate(5);
        interactions.rate(5);
        interactions.rate(4);

        assertThat(test.gauge(SCORE)).isEqualTo(3.75);
    }

    @Test
    void score_ratingThatIsOld_leavesIt() {
        interactions.rate(1);
        test.clock().add(Duration.ofMinutes(10));
        interactions.rate(5);
        assertThat(test.gauge(SCORE)).isEqualTo(3);

        test.clock().add(Duration.ofMinutes(6));
        assertThat(test.gauge(SCORE)).isEqualTo(5);

        test.clock().add(Duration.ofMinutes(10));
        assertThat(test.gauge(SCORE)).isNaN();
    }
}
