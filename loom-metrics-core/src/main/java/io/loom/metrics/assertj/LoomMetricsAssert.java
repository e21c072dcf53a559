package io.loom.metrics.assertj;

import io.loom.metrics.Interaction;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.catalogue.LoomMeter;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what was recorded. */
@SuppressWarnings("exports") // requiring AssertJ transitively would ask all users for it
public final class LoomMetricsAssert extends AbstractAssert<LoomMetricsAssert, LoomMetrics> {
    private final Readings readings;

    LoomMetricsAssert(LoomMetrics actual) {
        super(actual, LoomMetricsAssert.class);
        isNotNull();
        this.readings = new Readings(actual.registry());
    }

    /** {@return assertions on the calls to one model of one provider} */
    public LlmAssert llm(String provider, String model) {
        return new LlmAssert(readings, provider, model);
    }

    /** {@return assertions on the requests of one method and route template} */
    public HttpAssert http(String method, String endpoint) {
        return new HttpAssert(readings, method, endpoint);
    }

    /** {@return assertions on the narratives of one genre} */
    public NarrativeAssert narratives(String genre) {
        return new NarrativeAssert(readings, genre);
    }

    /** {@return assertions on the story rules of one type} */
    public RuleAssert rules(String ruleType) {
        return new RuleAssert(readings, ruleType);
    }

    /** {@return assertions on one cache} */
    public CacheAssert cache(String cacheType) {
        return new CacheAssert(readings, cacheType);
    }

    /** Fails unless so many sessions are open. */
    public LoomMetricsAssert hasActiveSessions(int expected) {
        readings.requireGauge(LoomMeter.SESSIONS_ACTIVE, expected);
        return this;
    }

    /** Fails unless readers did this so often. */
    public LoomMetricsAssert hasInteractions(Interaction interaction, long expected) {
        readings.requireCount(LoomMeter.USER_INTERACTIONS, expected, interaction.label());
        return this;
    }

    /** Fails where a value was rejected: it could not be true. */
    public LoomMetricsAssert hasRejectedNothing() {
        readings.requireSum(LoomMeter.METRICS_REJECTED, 0);
        return this;
    }

    /** Fails where a label had too many values. */
    public LoomMetricsAssert hasOverflownNowhere() {
        readings.requireSum(LoomMeter.METRICS_OVERFLOW, 0);
        return this;
    }
}
