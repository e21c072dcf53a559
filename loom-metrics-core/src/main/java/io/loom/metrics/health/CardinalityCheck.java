package io.loom.metrics.health;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Whether labels have more values than they may: degraded while label values become {@code other}, as {@code
 * loom_metrics_overflow_total} counts them, in the last 15 minutes. Also degraded from 10,000 series on and unhealthy from 100,000
 * on, by {@code loom_metrics_series}, unless other limits are set. Nothing is lost then but detail. Thread-safe.
 */
public final class CardinalityCheck implements HealthCheck {
    private static final long DEGRADED = 10_000;
    private static final long UNHEALTHY = 100_000;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final MeterRegistry registry;
    private final long degraded;
    private final long unhealthy;
    private final RecentGrowth overflow;

    private CardinalityCheck(MeterRegistry registry, long degraded, long unhealthy) {
        this.registry = registry;
        this.degraded = degraded;
        this.unhealthy = unhealthy;
        this.overflow = new RecentGrowth(
                registry.config().clock(),
                WINDOW,
                Totals.by(CardinalityCheck::where, registry, LoomMeter.METRICS_OVERFLOW));
    }

    /** {@return a check of the meters of a registry; overflow counts from now on} */
    public static CardinalityCheck of(MeterRegistry registry) {
        return new CardinalityCheck(Objects.requireNonNull(registry, "registry"), DEGRADED, UNHEALTHY);
    }

    /**
     * {@return a check with other limits of series}
     *
     * @param degraded from how many on it is degraded; positive
     * @param unhealthy from how many on it is unhealthy; no less
     * @throws IllegalArgumentException where they are not
     */
    public CardinalityCheck limits(long degraded, long unhealthy) {
        Limits.rising("series limits", degraded, unhealthy);
        return new CardinalityCheck(registry, degraded, unhealthy);
    }

    @Override
    public HealthResult check() {
        RecentGrowth.Growth grown =
                overflow.to(Totals.by(CardinalityCheck::where, registry, LoomMeter.METRICS_OVERFLOW));
        long series = (long) Totals.of(registry, LoomMeter.METRICS_SERIES, id -> true);
        String details = series + " series";
        if (!grown.by().isEmpty()) {
            details += "; in " + grown.text() + " values became \"other\": "
                    + String.join(", ", new TreeSet<>(grown.by().keySet()));
        }
        if (series >= unhealthy) {
            return HealthResult.unhealthy(details);
        }
        return series >= degraded || !grown.by().isEmpty()
                ? HealthResult.degraded(details)
                : HealthResult.healthy(details);
    }

    private static String where(Meter.Id overflow) {
        return "label " + overflow.getTag(Label.LABEL.key()) + " of " + overflow.getTag(Label.METER.key());
    }
}
