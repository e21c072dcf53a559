package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
import io.loom.metrics.prometheus.meter.LoomCounter;
import io.loom.metrics.prometheus.meter.LoomGauge;
import io.loom.metrics.prometheus.meter.Percentiles;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** How cells and functions show on the page: one small object a series, which is all that a series adds to its cell. */
final class Views {
    private static final double NANOS_PER_SECOND = 1e9;

    private Views() {}

    record Counter(Family family, LoomCounter counter) implements Samples {
        @Override
        public Meter.Id owner() {
            return counter.getId();
        }

        @Override
        public long peek() {
            return counter.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            double fraction = counter.fraction();
            if (fraction == 0) {
                visitor.sample(labels, counter.whole());
            } else {
                visitor.sample(labels, counter.whole() + fraction);
            }
        }
    }

    record GaugeValue(Family family, LoomGauge<?> gauge) implements Samples {
        @Override
        public Meter.Id owner() {
            return gauge.getId();
        }

        @Override
        public long peek() {
            return gauge.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, gauge.value());
        }
    }

    record Value(Family family, Meter.Id owner, DoubleSupplier value) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, Foreign.value(value));
        }
    }

    /** An info's labels tell; its value is always 1. */
    record Info(Family family, Meter.Id owner) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, 1);
        }
    }

    record Histogram(Family family, Meter.Id owner, HistogramCell cell, BucketTexts texts) implements Samples {
        @Override
        public long peek() {
            return cell.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.histogram(labels, cell, texts);
        }
    }

    record Max(Family family, Meter.Id owner, HistogramCell cell) implements Samples {
        @Override
        public long peek() {
            return cell.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            if (cell.layout().isNanos()) {
                visitor.sampleNanos(labels, cell.maxNanos(visitor.nowNanos()));
            } else {
                visitor.sample(labels, cell.maxAmount(visitor.nowNanos()));
            }
        }
    }

    /** What a custom meter measures of one statistic now; of two such measurements, the first. */
    record Measured(Family family, Meter.Id owner, Iterable<Measurement> measurements, Statistic statistic)
            implements Samples {
        @Override
        public boolean isEmpty() {
            return find().isEmpty();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            Optional<Measurement> found = find();
            if (found.isPresent()) {
                visitor.sample(labels, Foreign.value(found.get()::getValue));
            }
        }

        private Optional<Measurement> find() {
            return Foreign.result(() -> {
                for (Measurement measurement : measurements) {
                    if (measurement.getStatistic() == statistic) {
                        return Optional.of(measurement);
                    }
                }
                return Optional.empty();
            });
        }
    }

    record Summary(Family family, Meter.Id owner, HistogramCell cell) implements Samples {
        @Override
        public long peek() {
            return cell.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.summary(labels, cell);
        }
    }

    /** The percentiles of a timer are nanoseconds; on the page all is seconds. */
    record Quantiles(Family family, Meter.Id owner, HistogramCell cell, Percentiles percentiles) implements Samples {
        @Override
        public long peek() {
            return cell.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            double unit = cell.layout().isNanos() ? NANOS_PER_SECOND : 1;
            for (ValueAtPercentile at : percentiles.values()) {
                visitor.quantile(labels, at.percentile(), at.value() / unit);
            }
            visitor.summary(labels, cell);
        }
    }

    record FunctionSummary(Family family, Meter.Id owner, DoubleSupplier count, DoubleSupplier sum) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            double calls = Foreign.value(count);
            visitor.summary(labels, (long) calls, Foreign.value(sum));
        }
    }

    record LongTaskSummary(Family family, Meter.Id owner, LongTaskTimer timer) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            HistogramSnapshot snapshot = Foreign.result(timer::takeSnapshot);
            for (ValueAtPercentile at : snapshot.percentileValues()) {
                visitor.quantile(labels, at.percentile(), at.value(TimeUnit.SECONDS));
            }
            visitor.summary(labels, snapshot.count(), snapshot.total(TimeUnit.SECONDS));
        }
    }

    /** Tasks end, so these buckets go down as well. */
    record LongTaskBuckets(Family family, Meter.Id owner, LongTaskTimer timer) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            HistogramSnapshot snapshot = Foreign.result(timer::takeSnapshot);
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
