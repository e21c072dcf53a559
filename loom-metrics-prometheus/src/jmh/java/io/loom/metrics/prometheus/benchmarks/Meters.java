package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import java.util.stream.IntStream;

/** What the meters of all sides have in common. */
final class Meters {
    static final String HELP = "What is measured.";

    /** The 14 bounds of the timers that are no event of the catalogue. */
    static final Buckets FOURTEEN = Buckets.of(.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50);

    static final double NANOS_PER_SECOND = 1e9;

    private static final int HIGHEST_STATUS = 599;
    private static final String[] STATUSES =
            IntStream.rangeClosed(0, HIGHEST_STATUS).mapToObj(Integer::toString).toArray(String[]::new);

    private Meters() {}

    /** {@return a status as a label's value; kept, so that peers which need it as text do not pay for making it} */
    static String status(int status) {
        return STATUSES[status];
    }
}
