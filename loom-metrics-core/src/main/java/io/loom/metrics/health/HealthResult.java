package io.loom.metrics.health;

import java.util.Objects;

/**
 * What a check found. Immutable.
 *
 * @param details one line for who reads the report; line breaks become spaces, and what is beyond 500 characters is cut
 */
public record HealthResult(HealthStatus status, String details) {
    /** Makes a line of the details; null is none. */
    public HealthResult {
        Objects.requireNonNull(status, "status");
        details = OneLine.of(details);
    }

    /** {@return that it works, with nothing more to say} */
    public static HealthResult healthy() {
        return healthy("");
    }

    /** {@return that it works} */
    public static HealthResult healthy(String details) {
        return new HealthResult(HealthStatus.HEALTHY, details);
    }

    /** {@return that it works, and somebody should look at it} */
    public static HealthResult degraded(String details) {
        return new HealthResult(HealthStatus.DEGRADED, details);
    }

    /** {@return that it does not work} */
    public static HealthResult unhealthy(String details) {
        return new HealthResult(HealthStatus.UNHEALTHY, details);
    }
}
