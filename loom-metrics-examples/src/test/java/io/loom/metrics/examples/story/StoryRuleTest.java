package io.loom.metrics.examples.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoryRuleTest {
    private static final String SOUND = "In the year 410, Mara left the castle for the tower. Mara found a rune."
            + " In the year 411, Mara came home.";

    @Test
    void brokenBy_soundStory_isEmpty() {
        assertThat(StoryRule.brokenBy(Genre.FANTASY, SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                CONSISTENCY      | By then Tobin was with her.
                FACTUAL_DETAIL   | The sun rose in the west.
                NARRATIVE_STYLE  | It was the the end.
                TIMELINE_PLOT    | It was the year 409.
                """)
    void brokenBy_flawAdded_namesItsRuleOnly(StoryRule rule, String flaw) {
        assertThat(StoryRule.brokenBy(Genre.FANTASY, SOUND + ' ' + flaw)).containsExactly(rule);
    }

    @Test
    void brokenBy_heroHardlyThere_namesCharacterization() {
        String text = "Mara left. Somebody passed castle, tower and rune. Mara came home.";

        assertThat(StoryRule.brokenBy(Genre.FANTASY, text)).containsExactly(StoryRule.CHARACTERIZATION);
    }

    @Test
    void brokenBy_worldNotShown_namesWorldBuilding() {
        String text = "Mara left the castle. Mara saw the castle. Mara came back to the castle.";

        assertThat(StoryRule.brokenBy(Genre.FANTASY, text)).containsExactly(StoryRule.WORLD_BUILDING);
    }

    @Test
    void mend_stutter_isTakenOut_otherRulesNeedAnAuthor() {
        assertThat(StoryRule.NARRATIVE_STYLE.mend("It was the the end.")).isEqualTo("It was the end.");
        assertThat(StoryRule.TIMELINE_PLOT.mend("It was the the end.")).isEqualTo("It was the the end.");
    }

    @Test
    void label_everyRule_isTheGuides() {
        assertThat(StoryRule.values())
                .extracting(StoryRule::label)
                .containsExactly(
                        "consistency",
                        "characterization",
                        "factual_detail",
                        "narrative_style",
                        "timeline_plot",
                        "world_building");
    }
}
