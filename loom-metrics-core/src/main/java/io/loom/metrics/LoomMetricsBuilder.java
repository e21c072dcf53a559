package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Builds {@link LoomMetrics}: a value budget of 200 for every open label, process metrics on. Not thread-safe.
 */
public final class LoomMetricsBuilder {
    private static final Path PROC_STATUS = Path.of("/proc/self/status");

    private final MeterRegistry registry;
    private final Map<String, Integer> budgets = new HashMap<>();
    private int standardBudget = Budgets.DEFAULT.standard();
    private int seriesLimit = Budgets.DEFAULT.series();
    private boolean processMetrics = true;
    private boolean boundAllMeters;

    LoomMetricsBuilder(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Sets how many distinct values an open label may take before new ones become {@code other}.
     *
     * @param values at least 1; 200 where it is not set
     * @throws IllegalArgumentException where it is less
     */
    public LoomMetricsBuilder valueBudget(int values) {
        this.standardBudget = requirePositive("value budget", values);
        return this;
    }

    /**
     * Sets the budget of one label of one meter.
     *
     * @param meterName the Micrometer name, as in {@code loom_metrics_overflow_total{meter}}: {@code http.requests}
     * @param labelKey the label's name: {@code endpoint}
     * @param values at least 1
     * @throws IllegalArgumentException where it is less
     */
    public LoomMetricsBuilder valueBudget(String meterName, String labelKey, int values) {
        budgets.put(
                Budgets.key(meterName, labelKey),
                requirePositive("value budget of label " + labelKey + " of " + meterName, values));
        return this;
    }

    /**
     * Sets how many combinations of label values a meter may have before labels of new ones are folded to {@code other}. A
     * quarter more is kept for partly folded ones. Labels whose values are known beforehand do not count and are never folded.
     *
     * @param series at least 1; 1,000 where it is not set
     * @throws IllegalArgumentException where it is less
     */
    public LoomMetricsBuilder seriesLimit(int series) {
        this.seriesLimit = requirePositive("series limit", series);
        return this;
    }

    /** Sets whether to register the standard process metrics; on where it is not set. */
    public LoomMetricsBuilder processMetrics(boolean enabled) {
        this.processMetrics = enabled;
        return this;
    }

    /**
     * Sets whether the bounds apply to counters, timers, distribution summaries and long task timers that are registered with the
     * registry directly from now on, by a filter that stays with it, also when the {@link LoomMetrics} is closed; off where it is
     * not set. All tags of such meters count as open labels. Removing a meter gives its place to no other.
     *
     * <p>Gauges, with their multi and time variants, and custom meters are not bounded: they read what the application holds, and
     * have no sum to fold into. Function counters and function timers read too, but a filter cannot tell them from those that are
     * recorded into. They are bounded, and of those that fold into one only the first is read: the sum of the others is lost. Give
     * them few values, or a budget and a series limit that they cannot reach.
     */
    public LoomMetricsBuilder boundAllMeters(boolean enabled) {
        this.boundAllMeters = enabled;
        return this;
    }

    /**
     * Registers the meters whose labels are known beforehand, and returns the door to all.
     *
     * @throws IllegalStateException where the registry has a {@link LoomMetrics} already that is not closed
     */
    public LoomMetrics build() {
        Registrar registrar = new Registrar(registry, new Budgets(standardBudget, budgets, seriesLimit));
        if (registrar.isRegistered(LoomMeter.BUILD_INFO)) {
            throw new IllegalStateException("a registry must hold one LoomMetrics at a time: this one has another."
                    + " Share that one, or close it first.");
        }
        if (boundAllMeters) {
            registry.config().meterFilter(new TagBounds(registrar)); // before any meter is there
        }
        LoomMetrics loom = new LoomMetrics(registrar);
        if (processMetrics) {
            new ProcessMeters(registrar).register(PROC_STATUS);
        }
        return loom;
    }

    private static int requirePositive(String subject, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(subject + " must be at least 1: was " + value);
        }
        return value;
    }
}
