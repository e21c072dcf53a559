package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.OUTCOME;
import static io.loom.metrics.catalogue.Label.RULE_TYPE;
import static io.loom.metrics.catalogue.Label.SEVERITY;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_WORDS;
import static io.loom.metrics.catalogue.LoomMeter.RULES_EXECUTED;
import static io.loom.metrics.catalogue.LoomMeter.RULES_VIOLATIONS;
import static io.loom.metrics.catalogue.LoomMeter.RULE_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.RULE_REPAIRS;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;
import static io.loom.metrics.examples.dashboards.Scope.WHOLE;

/** Whether narratives keep the story rules. */
record RulePanels(Scope seen) {
    private static final int WORDS = 10_000;

    Panel kept() {
        return Panel.stat("Rules kept", Unit.SHARE)
                .says("Share of executed rules that were not violated.")
                .shows(seen.of(RULES_VIOLATIONS)
                        .rate()
                        .sum()
                        .per(seen.of(RULES_EXECUTED).rate().sum())
                        .complement());
    }

    Panel executed() {
        return Panel.graph("Rules executed", Unit.PER_SECOND)
                .shows(seen.of(RULES_EXECUTED).rate().sum(RULE_TYPE))
                .stacked();
    }

    Panel violations() {
        return Panel.graph("Violations by rule", Unit.SHARE)
                .says("Share of the executions of a rule that found it violated.")
                .shows(seen.of(RULES_VIOLATIONS)
                        .rate()
                        .sum(RULE_TYPE)
                        .per(seen.of(RULES_EXECUTED).rate().sum(RULE_TYPE)));
    }

    Panel bySeverity() {
        return Panel.graph("Violations by severity", Unit.PER_SECOND)
                .shows(seen.of(RULES_VIOLATIONS).rate().sum(SEVERITY))
                .stacked();
    }

    Panel repairs() {
        return Panel.graph("What became of violations", Unit.PER_SECOND)
                .shows(seen.of(RULE_REPAIRS).rate().sum(OUTCOME))
                .stacked();
    }

    Panel perWords() {
        return Panel.graph("Violations for 10,000 words", Unit.COUNT)
                .says("Of all genres, since a rule does not know the genre.")
                .shows(seen.of(RULES_VIOLATIONS)
                        .rate()
                        .sum(RULE_TYPE)
                        .times(WORDS)
                        .perAll(WHOLE.of(NARRATIVES_WORDS).rate().sum()));
    }

    Panel duration() {
        return Panel.graph("Time of a rule p95", Unit.SECONDS)
                .shows(seen.of(RULE_DURATION).quantile(QUANTILE, RULE_TYPE))
                .withTraces();
    }
}
