package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleMetersTest {
    private final TestLoom test = TestLoom.create();
    private final RuleMeters rules = test.loom().rules();

    @Test
    void executed_rule_countsItAndCreatesEverySeverityAtZero() {
        assertThat(test.deltas(() -> rules.executed("consistency")))
                .isEqualTo(Map.of(
                        "loom.rules.executed{rule_type=consistency}", 1.0,
                        "loom.metrics.series{meter=loom.rules.executed}", 1.0));

        for (String severity : new String[] {"minor", "major", "critical"}) {
            assertThat(test.count("loom.rules.violations", "rule_type", "consistency", "severity", severity))
                    .isZero();
        }
        assertThat(test.registry().find("loom.rules.violations").counters()).hasSize(3);
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

        assertThat(test.count("loom.rules.violations", "severity", "minor")).isEqualTo(1);
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
