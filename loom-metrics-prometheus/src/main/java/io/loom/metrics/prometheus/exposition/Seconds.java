package io.loom.metrics.prometheus.exposition;

import java.math.BigDecimal;

/** Nanoseconds as seconds in a double: the one closest to them, which is what their exact decimal parses to. */
final class Seconds {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NANOS_SCALE = 9;

    /** Up to here a quotient of two exact doubles is rounded once. */
    private static final long EXACT = 1L << 53;

    private Seconds() {}

    static double ofNanos(long nanos) {
        return nanos <= EXACT
                ? nanos / NANOS_PER_SECOND
                : BigDecimal.valueOf(nanos, NANOS_SCALE).doubleValue();
    }
}
