package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.SeriesTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Story rules: how often they were executed and violated, how long they took, and what became of violations. The series of every
 * {@link RuleType} exist at 0 from the start; the first use of another creates its own, for every severity.
 *
 * <p>Thread-safe. Recording never throws; for a rule type that was seen before it takes no lock and allocates nothing.
 */
public final class RuleMeters {
    private static final Set<String> KNOWN =
            Arrays.stream(RuleType.values()).map(RuleType::label).collect(Collectors.toUnmodifiableSet());

    private final SeriesTable<RuleSeries> series;

    RuleMeters(Registrar registrar) {
        this.series = registrar.table(
                LoomMeter.RULES_EXECUTED.spec(),
                List.of(registrar.openGate(LoomMeter.RULES_EXECUTED, Label.RULE_TYPE, KNOWN)),
                values -> new RuleSeries(registrar, values[0]));
        KNOWN.stream().sorted().forEach(series::get);
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
     * Like {@link #executed(String)}, with how long it took.
     *
     * @param elapsed 0 to 365 days; any other duration is dropped and counted as rejected, and the execution still counts
     */
    public void executed(@Nullable String ruleType, @Nullable Duration elapsed) {
        RuleSeries resolved = series.get(ruleType);
        resolved.executed.increment();
        resolved.duration.record(elapsed);
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

    /**
     * Counts what became of a violation.
     *
     * @param outcome null counts as {@link Repair#FLAGGED}
     */
    public void repaired(@Nullable String ruleType, @Nullable Repair outcome) {
        Repair counted = outcome == null ? Repair.FLAGGED : outcome;
        series.get(ruleType).repairs.get(counted).increment();
    }

    private static final class RuleSeries {
        final CounterSeries executed;
        final TimerSeries duration;
        final PerConstant<Severity, CounterSeries> violations;
        final PerConstant<Repair, CounterSeries> repairs;

        RuleSeries(Registrar registrar, String ruleType) {
            this.executed = CounterSeries.register(registrar, LoomMeter.RULES_EXECUTED.spec(), ruleType);
            this.duration = TimerSeries.register(registrar, LoomMeter.RULE_DURATION.spec(), ruleType);
            this.violations = new PerConstant<>(
                    Severity.class,
                    severity -> CounterSeries.register(
                            registrar, LoomMeter.RULES_VIOLATIONS.spec(), ruleType, severity.label()));
            this.repairs = new PerConstant<>(
                    Repair.class,
                    outcome -> CounterSeries.register(
                            registrar, LoomMeter.RULE_REPAIRS.spec(), ruleType, outcome.label()));
        }
    }
}
