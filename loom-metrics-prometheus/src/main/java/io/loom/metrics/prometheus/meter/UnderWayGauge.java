package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.Copies;
import io.loom.metrics.prometheus.family.Early;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.spi.UnderWay;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * A gauge of work under way. A page reads it together with the counts of what has ended. Thread-safe; lock-free.
 *
 * @param <T> what is observed: {@link UnderWay}
 */
public final class UnderWayGauge<T> extends LoomGauge<T> implements Early {
    /**
     * Creates a gauge.
     *
     * @param function is used where it is read by itself
     */
    public UnderWayGauge(Meter.Id id, T observed, ToDoubleFunction<T> function) {
        super(id, observed, function);
    }

    @Override
    public void readEarly(Copies copies) {
        int before = copies.size();
        if (get() instanceof UnderWay observed) {
            double value = observed.value(copies);
            if (copies.size() > before) { // else its ends will be read at their lines, and it at its own, behind them
                copies.keep(this, value);
            }
        }
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        Copies copies = visitor.copies();
        visitor.sample(labels, copies.have(this) ? copies.kept(this) : value());
    }
}
