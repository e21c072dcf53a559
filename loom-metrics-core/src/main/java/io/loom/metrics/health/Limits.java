package io.loom.metrics.health;

import java.time.Duration;
import java.util.regex.Pattern;

/** What builders and checks may be told. */
final class Limits {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private Limits() {}

    /** {@return a time that is positive and not too long} */
    static Duration time(String subject, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(subject + " must be positive and at most an hour: was " + time);
        }
        return time;
    }

    /** {@return the name of a check or a plugin} */
    static String name(String subject, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    subject + " name must match " + NAME + ": was \"" + OneLine.of(name) + '"');
        }
        return name;
    }

    /** Checks that what is worse is further up. */
    static void rising(String subject, Number degraded, Number unhealthy) {
        if (!(degraded.doubleValue() > 0 && degraded.doubleValue() <= unhealthy.doubleValue())) {
            throw new IllegalArgumentException(subject + " must be positive, and that of unhealthy no less: were "
                    + degraded + " and " + unhealthy);
        }
    }
}
