package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.llm.ScriptedProvider;
import io.loom.metrics.examples.story.Genre;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class EditorTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LoomMetrics loom = LoomMetrics.of(registry);
    private final Editor editor = new Editor(loom.rules(), new MockClock());

    @Test
    void edit_soundDraft_passesEveryRuleUnchanged() {
        assertThat(editor.edit(Genre.FANTASY, ScriptedProvider.SOUND)).contains(ScriptedProvider.SOUND);

        assertThat(sum("loom.rules.executed")).isEqualTo(6);
        assertThat(sum("loom.rules.violations")).isZero();
        assertThat(sum("loom.rule.repairs")).isZero();
    }

    @Test
    void edit_flawThatTakesAnAuthor_isFlagged() {
        String draft = ScriptedProvider.SOUND + " The sun rose in the west.";

        assertThat(editor.edit(Genre.FANTASY, draft)).contains(draft);
        assertThat(repairs("factual_detail", "flagged")).isEqualTo(1);
        assertThat(sum("loom.rule.repairs")).isEqualTo(1);
    }

    @Test
    void edit_graveFlaw_leavesNothing() {
        assertThat(editor.edit(Genre.FANTASY, ScriptedProvider.SOUND + " It was the year 409."))
                .isEmpty();
        assertThat(repairs("timeline_plot", "flagged")).isEqualTo(1);
    }

    private double repairs(String rule, String outcome) {
        return registry.get("loom.rule.repairs")
                .tags("rule_type", rule, "outcome", outcome)
                .counter()
                .count();
    }

    private double sum(String name) {
        return registry.get(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
