package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.SeriesTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Story rules: {@code loom_rules_executed_total} and {@code loom_rules_violations_total}. The first use of a rule type creates
 * its series at 0, for every severity.
 *
 * <p>Thread-safe. Recording never throws; for a rule type that was seen before it takes no lock and allocates nothing.
 */
public final class RuleMeters {
    private final SeriesTable<RuleSeries> series;

    RuleMeters(Registrar registrar) {
        this.series = registrar.table(
                LoomMeter.RULES_EXECUTED.spec(),
                List.of(registrar.openGate(LoomMeter.RULES_EXECUTED, Label.RULE_TYPE)),
                values -> new RuleSeries(registrar, values[0]));
    }

    /** Makes the series of a rule type exist from now on, at 0, for every severity. */
    public void register(@Nullable String ruleType) {
        series.get(ruleType);
    }

    /** Counts that a rule of this type was executed, whatever it found. */
    public void executed(@Nullable String ruleType) {
        series.get(ruleType).executed.increment();
    }

    /**
     * Counts that a rule of this type was violated; count its execution as well.
     *
     * @param severity null counts as {@link Severity#MINOR}
     */
    public void violated(@Nullable String ruleType, @Nullable Severity severity) {
        Severity counted = severity == null ? Severity.MINOR : severity;
        series.get(ruleType).violations.get(counted).increment();
    }

    private static final class RuleSeries {
        final CounterSeries executed;
        final PerConstant<Severity, CounterSeries> violations;

        RuleSeries(Registrar registrar, String ruleType) {
            this.executed = CounterSeries.register(registrar, LoomMeter.RULES_EXECUTED.spec(), ruleType);
            this.violations = new PerConstant<>(
                    Severity.class,
                    severity -> CounterSeries.register(
                            registrar, LoomMeter.RULES_VIOLATIONS.spec(), ruleType, severity.label()));
        }
    }
}
