package io.loom.metrics.prometheus.differential;

/** The intended differences from Micrometer's registry. {@code docs/exposition.md} gives the reason of each. */
enum PeerDifferences {
    /** {@code 42} for {@code 42.0}: gone once a value is parsed. */
    WHOLE_NUMBERS,
    /** No HELP line for a meter without a description. */
    NO_EMPTY_HELP,
    /** Amounts are bucketed as they are, not rounded up. */
    FRACTIONS_IN_BUCKETS,
    /** The sum of a timer is exact nanoseconds. */
    EXACT_SUM,
    /** The window of the maximum turns when it is read. */
    FRESH_MAX,
    /** A meter that would break the page is refused when it is registered. */
    REFUSED_AT_REGISTRATION,
    /** No two families write samples of the same name. */
    NO_SAMPLE_TWICE,
    /** NaN and infinite amounts are dropped. */
    NOT_FINITE
}
