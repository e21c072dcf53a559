package io.loom.metrics;

import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.series.SeriesTable;

/** Makes counts of work in progress, each behind a gauge. Only the published count feeds its gauge. */
record InProgressSeries(Registrar registrar, MeterSpec spec) implements SeriesTable.Factory<InProgress> {
    @Override
    public InProgress create(String[] values) {
        return new InProgress();
    }

    @Override
    public void published(InProgress series, String[] values) {
        registrar.gauge(spec, series, InProgress::value, values);
    }
}
