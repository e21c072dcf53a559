package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A distribution summary on a cell. Thread-safe; recording is lock-free and never allocates. Amounts go into their bucket as
 * they are, fractions included; negative, NaN and infinite ones are dropped.
 *
 * <p>The exception is a summary with client-side percentiles: {@link Percentiles} locks.
 */
public final class LoomSummary extends AbstractMeter implements DistributionSummary {
    private final HistogramCell cell;
    private final Clock clock;
    private final double scale;
    private final @Nullable Percentiles percentiles;

    /**
     * Creates a summary that has recorded nothing.
     *
     * @param scale what every amount is multiplied with
     * @param percentiles what computes percentiles in this process; null for none
     */
    public LoomSummary(
            Meter.Id id, Clock clock, HistogramLayout layout, double scale, @Nullable Percentiles percentiles) {
        super(id);
        this.clock = clock;
        this.scale = scale;
        this.cell = new HistogramCell(layout);
        this.percentiles = percentiles;
    }

    @Override
    public void record(double amount) {
        double scaled = amount * scale;
        if (scaled >= 0 && scaled <= Double.MAX_VALUE) {
            cell.recordAmount(scaled);
            if (percentiles != null) {
                percentiles.record(scaled);
            }
        }
    }

    @Override
    public long count() {
        return cell.count();
    }

    @Override
    public double totalAmount() {
        return cell.sumAmounts();
    }

    @Override
    public double max() {
        return cell.maxAmount(clock.monotonicTime());
    }

    @Override
    public HistogramSnapshot takeSnapshot() {
        return Snapshots.of(cell, cell.sumAmounts(), max(), percentiles);
    }

    @Override
    public void close() {
        if (percentiles != null) {
            percentiles.close();
        }
    }

    /** {@return where the amounts live} */
    public HistogramCell cell() {
        return cell;
    }
}
