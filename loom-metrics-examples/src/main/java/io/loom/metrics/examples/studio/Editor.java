package io.loom.metrics.examples.studio;

import io.loom.metrics.Repair;
import io.loom.metrics.RuleMeters;
import io.loom.metrics.Severity;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.StoryRule;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.MeterTag;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.Optional;

/** Holds drafts to the rules: mends what it can, marks what it cannot, and refuses a grave flaw. Thread-safe. */
final class Editor {
    private final RuleMeters rules;
    private final Clock clock;

    Editor(RuleMeters rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** {@return the text that may be shown, if any} */
    @Timed(value = "story.edit", description = "Time to hold a draft to the rules.", serviceLevelObjectives = 0.01)
    Optional<String> edit(@MeterTag(value = "genre", resolver = GenreLabel.class) Genre genre, String draft) {
        String text = draft;
        boolean grave = false;
        for (StoryRule rule : StoryRule.values()) {
            if (!isKept(rule, genre, text)) {
                rules.violated(rule.label(), rule.severity());
                grave |= rule.severity() == Severity.CRITICAL;
                text = mended(rule, genre, text);
            }
        }
        return grave ? Optional.empty() : Optional.of(text);
    }

    private boolean isKept(StoryRule rule, Genre genre, String text) {
        long startNanos = clock.monotonicTime();
        boolean kept = rule.isKeptBy(genre, text);
        rules.executed(rule.label(), Duration.ofNanos(clock.monotonicTime() - startNanos));
        return kept;
    }

    private String mended(StoryRule rule, Genre genre, String text) {
        String mended = rule.mend(text);
        rules.repaired(rule.label(), rule.isKeptBy(genre, mended) ? Repair.FIXED : Repair.FLAGGED);
        return mended;
    }
}
