package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.CounterCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import io.loom.metrics.prometheus.meter.Percentiles;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** How cells and functions show on the page: one small object a series, which is all that a series adds to its cell. */
final class Views {
    private static final double NANOS_PER_SECOND = 1e9;

    private Views() {}

    record Counter(Meter.Id owner, CounterCell cell) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            double fraction = cell.fraction();
            if (fraction == 0) {
                visitor.sample(labels, cell.whole());
            } else {
                visitor.sample(labels, cell.whole() + fraction);
            }
        }
    }

    record Value(Meter.Id owner, DoubleSupplier value) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, value.getAsDouble());
        }
    }

    /** An info's labels tell; its value is always 1. */
    record Info(Meter.Id owner) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, 1);
        }
    }

    record Histogram(Meter.Id owner, HistogramCell cell, BucketTexts texts) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            visitor.histogram(labels, cell, texts);
        }
    }

    record Max(Meter.Id owner, HistogramCell cell) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            if (cell.layout().isNanos()) {
                visitor.sampleNanos(labels, cell.maxNanos(visitor.nowNanos()));
            } else {
                visitor.sample(labels, cell.maxAmount(visitor.nowNanos()));
            }
        }
    }

    record Summary(Meter.Id owner, HistogramCell cell) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            visitor.summary(labels, cell);
        }
    }

    /** The percentiles of a timer are nanoseconds; on the page all is seconds. */
    record Quantiles(Meter.Id owner, HistogramCell cell, Percentiles percentiles) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            double unit = cell.layout().isNanos() ? NANOS_PER_SECOND : 1;
            for (ValueAtPercentile at : percentiles.values()) {
                visitor.quantile(labels, at.percentile(), at.value() / unit);
            }
            visitor.summary(labels, cell);
        }
    }

    record FunctionSummary(Meter.Id owner, DoubleSupplier count, DoubleSupplier sum) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            visitor.summary(labels, (long) count.getAsDouble(), sum.getAsDouble());
        }
    }

    record LongTaskSummary(Meter.Id owner, LongTaskTimer timer) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            for (ValueAtPercentile at : snapshot.percentileValues()) {
                visitor.quantile(labels, at.percentile(), at.value(TimeUnit.SECONDS));
            }
            visitor.summary(labels, snapshot.count(), snapshot.total(TimeUnit.SECONDS));
        }
    }

    /** Tasks end, so these buckets go down as well. */
    record LongTaskBuckets(Meter.Id owner, LongTaskTimer timer) implements Samples {
        @Override
        public void visit(byte[] labels, SampleVisitor visitor) throws IOException {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            CountAtBucket[] buckets = snapshot.histogramCounts();
            double[] bounds = new double[buckets.length + 1];
            long[] counts = new long[buckets.length + 1];
            for (int i = 0; i < buckets.length; i++) {
                bounds[i] = buckets[i].bucket(TimeUnit.SECONDS);
                counts[i] = (long) buckets[i].count();
            }
            bounds[buckets.length] = Double.POSITIVE_INFINITY;
            counts[buckets.length] = snapshot.count();
            visitor.gaugeBuckets(labels, bounds, counts);
        }
    }
}
