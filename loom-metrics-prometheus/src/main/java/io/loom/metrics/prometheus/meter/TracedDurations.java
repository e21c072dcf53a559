package io.loom.metrics.prometheus.meter;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Durations;
import java.util.function.LongConsumer;

/** Durations that are offered as exemplars, too, behind where they are recorded. Thread-safe; lock-free. */
final class TracedDurations extends Durations implements CountedDurations {
    private final CountedDurations recorded;
    private final LongConsumer offered;

    /**
     * Creates durations that go to {@code recorded}.
     *
     * @param offered gets each behind that, in nanoseconds
     */
    TracedDurations(CountedDurations recorded, LongConsumer offered) {
        this.recorded = recorded;
        this.offered = offered;
    }

    /** {@return the same, offered to nobody} */
    CountedDurations recorded() {
        return recorded;
    }

    @Override
    public Durations counted() {
        recorded.counted();
        return this;
    }

    @Override
    public Durations durations() {
        return this;
    }

    @Override
    public void put(long nanos) {
        recorded.durations().put(nanos);
        offered.accept(nanos);
    }

    @Override
    public long countHere() {
        return recorded.countHere();
    }
}
