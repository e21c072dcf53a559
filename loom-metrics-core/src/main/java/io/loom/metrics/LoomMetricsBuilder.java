package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.Pricing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link LoomMetrics}: a value budget of 200 for every open label, process metrics on. Not thread-safe.
 */
public final class LoomMetricsBuilder {
    private final MeterRegistry registry;
    private final Map<String, Integer> budgets = new HashMap<>();
    private int standardBudget = Budgets.DEFAULT.standard();
    private int seriesLimit = Budgets.DEFAULT.series();
    private boolean processMetrics = true;
    private boolean boundAllMeters;
    private LlmSettings llm = LlmSettings.DEFAULT;
    private @Nullable Double budgetUsd;
    private Duration sessionIdleTimeout = SessionMeters.DEFAULT_IDLE_TIMEOUT;

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

    /**
     * Sets whether to register the standard process metrics; on where it is not set. {@link LoomMetrics#bindProcessMetrics} may do
     * so later.
     */
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
     * Sets what tokens cost, so that {@code loom_llm_cost_usd_total} is counted; it is not where this is not set. Calls to models
     * that the list does not have are counted in {@code loom_llm_unpriced_total}.
     */
    public LoomMetricsBuilder pricing(Pricing pricing) {
        this.llm = llm.withPricing(Objects.requireNonNull(pricing, "pricing"));
        return this;
    }

    /**
     * Sets what may be spent, as a gauge: {@code loom_llm_budget_usd}. What was spent is a query over the counter of costs, since
     * this process forgets it.
     *
     * @param dollars 0 or more
     * @throws IllegalArgumentException where they are less, or no number
     */
    public LoomMetricsBuilder budgetUsd(double dollars) {
        if (!(dollars >= 0) || Double.isInfinite(dollars)) {
            throw new IllegalArgumentException("LLM budget must be 0 or more: was " + dollars);
        }
        this.budgetUsd = dollars;
        return this;
    }

    /**
     * Sets what is asked first about an exception that ended an LLM call, and about each of its causes.
     *
     * @param classifier the type, or null where it knows nothing; what it throws is counted as rejected, and goes no further
     */
    public LoomMetricsBuilder errorClassifier(Function<? super Throwable, ? extends @Nullable ErrorType> classifier) {
        this.llm = llm.withClassifier(Objects.requireNonNull(classifier, "classifier"));
        return this;
    }

    /**
     * Sets how long a gap between two chunks of an LLM's answer may be before it counts as a stall.
     *
     * @param gap positive; 5 seconds where it is not set
     * @throws IllegalArgumentException where it is not positive
     */
    public LoomMetricsBuilder streamStall(Duration gap) {
        this.llm = llm.withStall(requirePositive("stream stall", gap));
        return this;
    }

    /**
     * Sets how fast readers read: a streamed answer that comes more slowly counts as slow. A token is taken for three quarters of
     * a word.
     *
     * @param wordsPerSecond positive; 5 where it is not set
     * @throws IllegalArgumentException where it is not
     */
    public LoomMetricsBuilder readingSpeed(double wordsPerSecond) {
        if (!(wordsPerSecond > 0) || Double.isInfinite(wordsPerSecond)) {
            throw new IllegalArgumentException("reading speed must be positive: was " + wordsPerSecond);
        }
        this.llm = llm.withReadingSpeed(wordsPerSecond);
        return this;
    }

    /**
     * Sets how long a session may go unused before it counts as expired.
     *
     * @param timeout positive; 30 minutes where it is not set
     * @throws IllegalArgumentException where it is not positive
     */
    public LoomMetricsBuilder sessionIdleTimeout(Duration timeout) {
        this.sessionIdleTimeout = requirePositive("session idle timeout", timeout);
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
        LoomMetrics loom = new LoomMetrics(registrar, llm, sessionIdleTimeout);
        if (budgetUsd != null) {
            double budget = budgetUsd;
            registrar.gauge(LoomMeter.LLM_BUDGET.spec(), () -> budget);
        }
        if (processMetrics) {
            loom.bindProcessMetrics();
        }
        return loom;
    }

    private static Duration requirePositive(String subject, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(subject + " must be positive: was " + value);
        }
        return value;
    }

    private static int requirePositive(String subject, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(subject + " must be at least 1: was " + value);
        }
        return value;
    }
}
