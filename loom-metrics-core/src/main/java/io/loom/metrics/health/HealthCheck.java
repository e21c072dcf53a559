package io.loom.metrics.health;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether something works. {@link Health} calls it on a thread of its own, once at a time, and gives up on it when its time
 * is over. What it throws makes it unhealthy, and the exception's message is shown.
 */
@FunctionalInterface
public interface HealthCheck {
    /**
     * {@return what it found} Null is unhealthy.
     *
     * @throws Exception where it cannot be told; that is unhealthy
     */
    @Nullable
    HealthResult check() throws Exception;
}
