package io.loom.metrics.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What all checks found in one run. Immutable.
 *
 * @param time when the run began
 * @param components by the names of the checks, in the order in which they were added
 */
public record HealthReport(Instant time, Map<String, Component> components) {
    /** Keeps a copy. */
    public HealthReport {
        Objects.requireNonNull(time, "time");
        components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    }

    /** {@return the worst status of a component; healthy where there is none} */
    public HealthStatus status() {
        return components.values().stream().map(Component::status).reduce(HealthStatus.HEALTHY, HealthStatus::or);
    }

    /** {@return how long the slowest component took; they run at the same time} */
    public Duration duration() {
        return components.values().stream().map(Component::duration).reduce(Duration.ZERO, HealthReport::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * What one check found.
     *
     * @param details one line; empty where there is nothing to say
     * @param duration how long it took; its timeout where it did not answer in time
     */
    public record Component(HealthStatus status, String details, Duration duration) {
        /** Checks that all is there. */
        public Component {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(details, "details");
            Objects.requireNonNull(duration, "duration");
        }
    }
}
