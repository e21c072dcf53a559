package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.CounterCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Samples;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** How cells and functions show on the page. */
final class Views {
    private Views() {}

    static Samples counter(CounterCell cell) {
        return (labels, visitor) -> {
            double fraction = cell.fraction();
            if (fraction == 0) {
                visitor.sample(labels, cell.whole());
            } else {
                visitor.sample(labels, cell.whole() + fraction);
            }
        };
    }

    static Samples value(DoubleSupplier value) {
        return (labels, visitor) -> visitor.sample(labels, value.getAsDouble());
    }

    static Samples histogram(HistogramCell cell, BucketTexts texts) {
        return (labels, visitor) -> visitor.histogram(labels, cell, texts);
    }

    static Samples summary(HistogramCell cell) {
        return (labels, visitor) -> visitor.summary(labels, cell);
    }

    static Samples summary(LongSupplier count, DoubleSupplier sum) {
        return (labels, visitor) -> visitor.summary(labels, count.getAsLong(), sum.getAsDouble());
    }

    static Samples max(HistogramCell cell) {
        if (cell.layout().isNanos()) {
            return (labels, visitor) -> visitor.sampleNanos(labels, cell.maxNanos(visitor.nowNanos()));
        }
        return (labels, visitor) -> visitor.sample(labels, cell.maxAmount(visitor.nowNanos()));
    }
}
