package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.Recorded;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Takes series off the page that have recorded nothing for some time. It is the scrapes that compare, so that recording reads no
 * clock; and they compare times, not scrapes, so that it does not matter how many there are. Nothing is lost: a series that records
 * again is back with all that it ever recorded. One that never recorded anything stays at 0.
 *
 * <p>Thread-safe and lock-free. Scrapes at the same time may keep a series for longer, until the next one.
 */
final class IdleExpiry implements UnaryOperator<Samples> {
    private final long limitNanos;
    private final LongSupplier nanoTime;

    IdleExpiry(Duration limit, LongSupplier nanoTime) {
        this.limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
    }

    /** {@return the series, watched if it can be idle} What reads functions cannot: a gauge that does not move tells as much. */
    @Override
    public Samples apply(Samples series) {
        return series instanceof Recorded recorded ? new Watched(recorded) : series;
    }

    private final class Watched implements Samples {
        private final Recorded series;
        private volatile long seen;
        private volatile long seenAt;

        Watched(Recorded series) {
            this.series = series;
        }

        @Override
        public Object owner() {
            return series.owner();
        }

        @Override
        public boolean isEmpty() {
            return isIdle() || series.isEmpty();
        }

        @Override
        public long peek() {
            return series.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            if (visitor.seesIdle() || !isIdle()) {
                series.visit(labels, visitor);
            }
        }

        private boolean isIdle() {
            long recordings = series.recordings();
            long now = nanoTime.getAsLong();
            if (recordings != seen) {
                seen = recordings;
                seenAt = now;
            }
            return recordings != 0 && now - seenAt > limitNanos;
        }
    }
}
