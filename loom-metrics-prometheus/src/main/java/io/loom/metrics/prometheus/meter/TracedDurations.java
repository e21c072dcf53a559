package io.loom.metrics.prometheus.meter;

import io.loom.metrics.spi.CountedDurations;
import java.util.function.LongConsumer;

/**
 * Durations that are offered as exemplars, too.
 *
 * @param durations where they are recorded
 * @param offered gets each behind that, in nanoseconds
 */
record TracedDurations(CountedDurations durations, LongConsumer offered) implements CountedDurations {
    @Override
    public void recordNanos(long nanos) {
        durations.recordNanos(nanos);
        offered.accept(nanos);
    }

    @Override
    public long count() {
        return durations.count();
    }
}
