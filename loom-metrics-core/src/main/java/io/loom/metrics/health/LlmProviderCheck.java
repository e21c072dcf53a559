package io.loom.metrics.health;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider of language models answers: by the errors among the attempts of a window, as {@code
 * loom_llm_requests_total} and {@code loom_llm_errors_total} count them. Degraded from a ratio of 0.1 on and unhealthy from 0.5 on,
 * over 5 minutes, if there were 10 attempts or more, unless other limits are set.
 *
 * <p>Errors that a request brings upon itself do not count: malformed ones, prompts that are too long, what a filter refuses, and
 * what our own budget does not allow. Otherwise a reader could make the service unhealthy.
 *
 * <p>The counters are read when the check runs, and recording costs no more than without it. The window begins at the run that was
 * just before it, so a check that runs rarely looks back further; it says how far. The registry's counters must be cumulative.
 * Immutable settings; thread-safe.
 */
public final class LlmProviderCheck implements HealthCheck {
    private static final Settings DEFAULT = new Settings(Duration.ofMinutes(5), 10, 0.1, 0.5);
    private static final Set<String> BY_THE_REQUEST = EnumSet.of(
                    ErrorType.INVALID_REQUEST,
                    ErrorType.CONTEXT_LENGTH,
                    ErrorType.CONTENT_FILTERED,
                    ErrorType.BUDGET_EXCEEDED)
            .stream()
            .map(ErrorType::label)
            .collect(Collectors.toUnmodifiableSet());
    private static final String REQUESTS = "requests";
    private static final String ERRORS = "errors";

    private final MeterRegistry registry;
    private final String provider;
    private final Settings settings;
    private final RecentGrowth recent;

    private LlmProviderCheck(MeterRegistry registry, String provider, Settings settings) {
        this.registry = registry;
        this.provider = provider;
        this.settings = settings;
        this.recent = new RecentGrowth(registry.config().clock(), settings.window, totals());
    }

    /**
     * {@return a check of one provider; what it counts begins now}
     *
     * @param provider the value of the label: {@code openai}
     */
    public static LlmProviderCheck of(MeterRegistry registry, String provider) {
        return new LlmProviderCheck(
                Objects.requireNonNull(registry, "registry"), Objects.requireNonNull(provider, "provider"), DEFAULT);
    }

    /**
     * {@return a check of another window, which begins now}
     *
     * @param window positive, and at most an hour
     * @throws IllegalArgumentException where it is not
     */
    public LlmProviderCheck window(Duration window) {
        Limits.time("window of LLM provider " + provider, window);
        return with(new Settings(window, settings.minimum, settings.degraded, settings.unhealthy));
    }

    /**
     * {@return a check that is healthy as long as there were fewer attempts in the window}
     *
     * @param attempts at least 1
     * @throws IllegalArgumentException where it is less
     */
    public LlmProviderCheck minimumAttempts(long attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "minimum attempts of LLM provider " + provider + " must be at least 1: was " + attempts);
        }
        return with(new Settings(settings.window, attempts, settings.degraded, settings.unhealthy));
    }

    /**
     * {@return a check with other limits}
     *
     * @param degraded the ratio of errors from which on it is degraded; positive
     * @param unhealthy the ratio of errors from which on it is unhealthy; no less
     * @throws IllegalArgumentException where they are not
     */
    public LlmProviderCheck limits(double degraded, double unhealthy) {
        Limits.rising("error ratios of LLM provider " + provider, degraded, unhealthy);
        return with(new Settings(settings.window, settings.minimum, degraded, unhealthy));
    }

    @Override
    public HealthResult check() {
        RecentGrowth.Growth growth = recent.to(totals());
        double attempts = growth.of(REQUESTS);
        double errors = growth.of(ERRORS);
        String details = (long) errors + " of " + (long) attempts + " attempts failed in " + growth.text();
        if (attempts < settings.minimum) {
            return HealthResult.healthy(details + "; too few to judge");
        }
        double ratio = errors / attempts;
        if (ratio >= settings.unhealthy) {
            return HealthResult.unhealthy(details);
        }
        return ratio >= settings.degraded ? HealthResult.degraded(details) : HealthResult.healthy(details);
    }

    private LlmProviderCheck with(Settings other) {
        return new LlmProviderCheck(registry, provider, other);
    }

    /** Errors first: each is counted with its attempt, so they are no more than the attempts that are read after. */
    private Map<String, Double> totals() {
        double errors = Totals.of(
                registry,
                LoomMeter.LLM_ERRORS,
                id -> isOurs(id.getTag(Label.PROVIDER.key()))
                        && !BY_THE_REQUEST.contains(id.getTag(Label.ERROR_TYPE.key())));
        double requests = Totals.of(registry, LoomMeter.LLM_REQUESTS, id -> isOurs(id.getTag(Label.PROVIDER.key())));
        return Map.of(ERRORS, errors, REQUESTS, requests);
    }

    private boolean isOurs(@Nullable String value) {
        return provider.equals(value);
    }

    private record Settings(Duration window, long minimum, double degraded, double unhealthy) {}
}
