package io.loom.metrics.assertj;

import io.loom.metrics.Severity;
import io.loom.metrics.catalogue.LoomMeter;

/** Assertions on the story rules of one type. */
public final class RuleAssert {
    private final Readings readings;
    private final String ruleType;

    RuleAssert(Readings readings, String ruleType) {
        this.readings = readings;
        this.ruleType = ruleType;
    }

    /** Fails unless they were executed so often. */
    public RuleAssert hasExecuted(long expected) {
        readings.requireCount(LoomMeter.RULES_EXECUTED, expected, ruleType);
        return this;
    }

    /** Fails unless they were violated so often, and so gravely. */
    public RuleAssert hasViolations(Severity severity, long expected) {
        readings.requireCount(LoomMeter.RULES_VIOLATIONS, expected, ruleType, severity.label());
        return this;
    }
}
