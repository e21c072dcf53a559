package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.family.Families;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/**
 * Families as client_java sees them. Thread-safe and lock-free; each collection is one walk, no point-in-time cut across series.
 * It builds a snapshot of every series, so it takes more time and memory than our own page.
 */
public final class FamilyCollector implements MultiCollector {
    private final Families families;
    private final LongSupplier nanoTime;

    /**
     * Creates a collector.
     *
     * @param nanoTime a monotonic time, which turns the windows of maxima
     */
    public FamilyCollector(Families families, LongSupplier nanoTime) {
        this.families = families;
        this.nanoTime = nanoTime;
    }

    @Override
    public MetricSnapshots collect() {
        SnapshotVisitor visitor = new SnapshotVisitor(nanoTime.getAsLong());
        try {
            families.visit(visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream
        }
        return visitor.snapshots();
    }
}
