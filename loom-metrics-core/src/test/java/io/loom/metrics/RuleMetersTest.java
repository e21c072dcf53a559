package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleMetersTest {
    private final TestLoom test = TestLoom.create();
    private final RuleMeters rules = test.loom().rules();

    @Test
    void series_ofTheKnownRuleTypes_areThereAtZeroFromTheStart() {
        assertThat(RuleType.values())
                .extracting(RuleType::label)
                .containsExactly(
                        "consistency",
                        "characterization",
                        "factual_detail",
                        "narrative_style",
                        "timeline_plot",
                        "world_building")
                .allSatisfy(label -> {
                    assertThat(test.count("loom.rules.executed", "rule_type", label))
                            .isZero();
                    assertThat(test.count("loom.rules.violations", "rule_type", label, "severity", "critical"))
                            .isZero();
                    assertThat(test.count("loom.rule.repairs", "rule_type", label, "outcome", "fixed"))
                            .isZero();
                });
    }

    @Test
    void executed_ruleOfTheCallersOwn_countsItAndCreatesEverySeverityAtZero() {
        assertThat(test.deltas(() -> rules.executed("tone")))
                .isEqualTo(Map.of(
                        "loom.rules.executed{rule_type=tone}", 1.0,
                        "loom.metrics.series{meter=loom.rules.executed}", 1.0));

        for (Severity severity : Severity.values()) {
            assertThat(test.count("loom.rules.violations", "rule_type", "tone", "severity", severity.label()))
                    .isZero();
        }
    }

    @Test
    void executed_withItsTime_isTimed() {
        rules.executed("consistency", Duration.ofMillis(40));
        rules.executed("consistency", null);

        assertThat(test.count("loom.rules.executed", "rule_type", "consistency"))
                .isEqualTo(2);
        assertThat(test.timer("loom.rule.duration", "rule_type", "consistency").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
    }

    @ParameterizedTest
    @EnumSource
    void repaired_violation_countsWhatBecameOfIt(Repair outcome) {
        assertThat(test.deltas(() -> rules.repaired("consistency", outcome)))
                .isEqualTo(Map.of("loom.rule.repairs{outcome=" + outcome.label() + ",rule_type=consistency}", 1.0));
    }

    @Test
    void repaired_null_isFlagged() {
        rules.repaired("consistency", null);

        assertThat(test.count("loom.rule.repairs", "rule_type", "consistency", "outcome", "flagged"))
                .isOne();
    }

    @ParameterizedTest
    @EnumSource
    void violated_rule_countsTheViolationOnly(Severity severity) {
        rules.executed("consistency");

        assertThat(test.deltas(() -> rules.violated("consistency", severity)))
                .isEqualTo(
                        Map.of("loom.rules.violations{rule_type=consistency,severity=" + severity.label() + "}", 1.0));
    }

    @Test
    void violated_nullSeverity_isMinor() {
        rules.violated("consistency", null);

        assertThat(test.count("loom.rules.violations", "rule_type", "consistency", "severity", "minor"))
                .isEqualTo(1);
    }

    @Test
    void violated_ruleNeverExecuted_hasItsExecutionsAtZero() {
        rules.violated(null, Severity.MAJOR);

        assertThat(test.count("loom.rules.executed", "rule_type", "unknown")).isZero();
    }

    @Test
    void severity_asAWhole_isAClosedSet() {
        assertThat(Severity.values()).extracting(Severity::label).containsExactly("minor", "major", "critical");
    }
}
