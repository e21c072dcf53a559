package io.loom.metrics;

import io.loom.metrics.catalogue.MeterSpec;
import io.micrometer.core.instrument.DistributionSummary;

/**
 * One series of a summary: a handle to keep.
 *
 * <p>Thread-safe. Recording never throws, never locks and, on a registry that does not, never allocates.
 */
public final class SummarySeries {
    private final DistributionSummary summary;
    private final Rejections rejections;

    private SummarySeries(DistributionSummary summary, Rejections rejections) {
        this.summary = summary;
        this.rejections = rejections;
    }

    static SummarySeries register(Registrar registrar, MeterSpec spec, String... values) {
        return new SummarySeries(registrar.summary(spec, values), registrar.rejections(spec));
    }

    /**
     * Records an amount.
     *
     * @param amount finite and not negative; anything else is dropped and counted in {@code loom_metrics_rejected_total}
     */
    public void record(double amount) {
        if (amount >= 0 && amount <= Double.MAX_VALUE) {
            summary.record(amount);
        } else {
            rejections.reject(Reason.ofAmount(amount), amount);
        }
    }
}
