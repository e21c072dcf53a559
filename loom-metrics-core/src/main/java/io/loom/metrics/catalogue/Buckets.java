package io.loom.metrics.catalogue;

import java.time.Duration;
import java.util.Arrays;

/**
 * The upper bounds of a histogram, in the meter's base unit (seconds for timers). Immutable.
 *
 * <p>Every threshold that an alert or an objective uses should be one of them: a share of observations below a bound is exact,
 * one between two bounds is a guess.
 */
public final class Buckets {
    /** No buckets: count, sum and maximum only. */
    public static final Buckets NONE = new Buckets();

    /** HTTP requests; also the default of the caller's own timers. */
    public static final Buckets HTTP = of(.005, .01, .025, .05, .1, .25, .5, 1, 2, 2.5, 5, 10, 20, 30, 60, 120);

    /** LLM calls and the generation of narratives. */
    public static final Buckets LLM = of(.1, .25, .5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300);

    /** Short work inside the process: cache loads, rules, scrapes. */
    public static final Buckets SHORT = of(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] upperBounds;

    private Buckets(double... upperBounds) {
        this.upperBounds = upperBounds;
    }

    /**
     * {@return buckets with these upper bounds; {@code +Inf} is implied}
     *
     * @param upperBounds positive, finite and increasing
     * @throws IllegalArgumentException where they are not
     */
    public static Buckets of(double... upperBounds) {
        double previous = 0;
        for (double bound : upperBounds) {
            if (!(bound > previous) || Double.isInfinite(bound)) {
                throw new IllegalArgumentException(
                        "bucket bounds must be positive, finite and increasing: was " + Arrays.toString(upperBounds));
            }
            previous = bound;
        }
        return new Buckets(upperBounds.clone());
    }

    /** {@return a copy of the upper bounds} */
    public double[] upperBounds() {
        return upperBounds.clone();
    }

    /** {@return the upper bounds, read as seconds} */
    public Duration[] asDurations() {
        return Arrays.stream(upperBounds)
                .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)))
                .toArray(Duration[]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets buckets && Arrays.equals(upperBounds, buckets.upperBounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(upperBounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(upperBounds);
    }
}
