package io.loom.metrics.health;

import java.util.Locale;

/** How well something is, from best to worst. */
public enum HealthStatus {
    /** It works. */
    HEALTHY,
    /** It works, and somebody should look at it. */
    DEGRADED,
    /** It does not work. */
    UNHEALTHY;

    /** {@return the word for it in reports: {@code healthy}, {@code degraded} or {@code unhealthy}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the worse of the two} */
    HealthStatus or(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
