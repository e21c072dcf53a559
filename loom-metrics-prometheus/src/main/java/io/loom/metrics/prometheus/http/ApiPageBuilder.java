package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.loom.metrics.prometheus.api.LiveFigures;
import java.time.Duration;
import java.util.Objects;

/** Builds an {@link ApiPage}, which reads every 5 seconds. Not thread-safe. */
public final class ApiPageBuilder {
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final LoomPrometheusRegistry registry;
    private Duration step = Duration.ofSeconds(5);
    private boolean byHand;

    ApiPageBuilder(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Sets how long to wait between two readings. A window may be longer by a step than it says, and the past takes more memory
     * where steps are shorter.
     *
     * @param step 1 to 30 seconds
     * @throws IllegalArgumentException where it is out of range
     */
    public ApiPageBuilder step(Duration step) {
        if (step.compareTo(SHORTEST_STEP) < 0 || step.compareTo(LONGEST_STEP) > 0) {
            throw new IllegalArgumentException("step must be 1 to 30 seconds: was " + step);
        }
        this.step = step;
        return this;
    }

    /** Starts no thread. */
    ApiPageBuilder sampledByHand() {
        this.byHand = true;
        return this;
    }

    /** {@return the page} Its past begins now. */
    public ApiPage build() {
        LiveFigures figures = registry.figures(step);
        if (!byHand) {
            figures.start();
        }
        return new ApiPage(figures);
    }
}
