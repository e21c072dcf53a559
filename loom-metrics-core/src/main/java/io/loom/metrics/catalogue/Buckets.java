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

    /** The time to the first token of a streamed answer. */
    public static final Buckets FIRST_TOKEN = of(.05, .1, .2, .3, .5, .75, 1, 1.5, 2, 3, 5, 7.5, 10, 20, 40);

    /** The time for each further token of a streamed answer. */
    public static final Buckets PER_TOKEN = of(.005, .01, .015, .02, .03, .04, .05, .075, .1, .15, .2, .3, .5, 1, 2.5);

    /** Short work inside the process: cache loads, rules, scrapes. */
    public static final Buckets SHORT = of(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10);

    /** How long sessions last. */
    public static final Buckets SESSION = of(10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400);

    /** How often a reader says something in a session. */
    public static final Buckets TURNS = of(1, 2, 3, 5, 8, 13, 20, 35, 50, 100, 200);

    /** How many words a session has. */
    public static final Buckets SESSION_WORDS = of(100, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000);

    /** How many words a narrative has. */
    public static final Buckets NARRATIVE_WORDS =
            of(50, 100, 250, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10000, 20000, 50000);

    /** Ratings. */
    public static final Buckets RATING = of(1, 2, 3, 4, 5);

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
