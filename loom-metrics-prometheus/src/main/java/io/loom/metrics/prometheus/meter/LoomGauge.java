package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.util.MeterEquivalence;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A gauge that is its own line on the page and itself the weak reference to what it observes: one object, since a scrape waits
 * for memory at each. It is NaN once that is gone or where its function fails, as Micrometer's own gauges are. As thread-safe as the function.
 *
 * @param <T> what is observed
 */
public sealed class LoomGauge<T> extends WeakReference<T> implements Gauge, Samples permits UnderWayGauge {
    private static final Logger log = LoggerFactory.getLogger(LoomGauge.class);
    private static final AtomicBoolean warned = new AtomicBoolean();

    private final Meter.Id id;
    private final ToDoubleFunction<T> function;

    /** Creates a gauge. */
    public LoomGauge(Meter.Id id, @Nullable T observed, ToDoubleFunction<T> function) {
        super(observed);
        this.id = id;
        this.function = function;
    }

    @Override
    public final Meter.Id getId() {
        return id;
    }

    @Override
    public final double value() {
        T observed = get();
        if (observed == null) {
            return Double.NaN;
        }
        try {
            return function.applyAsDouble(observed);
        } catch (Throwable e) {
            Level level = warned.compareAndSet(false, true) ? Level.WARN : Level.DEBUG; // each scrape comes by here
            log.atLevel(level).setCause(e).log("{}: the gauge's function failed, so its value is NaN", id);
            return Double.NaN;
        }
    }

    @Override
    public final Meter.Id owner() {
        return id;
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        visitor.sample(labels, value());
    }

    /** To see an object's type is to fetch it. */
    @Override
    public final long peek() {
        Object observed = get();
        Object asked = function;
        return (asked instanceof String ? 1L : 0L)
                + (observed instanceof String ? 1L : 0L); // a final class costs one comparison
    }

    /** {@return whether {@code o} is a meter of the same id, as Micrometer's own meters have it} */
    @Override
    public final boolean equals(@Nullable Object o) {
        return MeterEquivalence.equals(this, o);
    }

    @Override
    public final int hashCode() {
        return MeterEquivalence.hashCode(this);
    }
}
