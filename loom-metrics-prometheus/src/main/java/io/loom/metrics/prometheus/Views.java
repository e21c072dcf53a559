package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.Recorded;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.loom.metrics.prometheus.family.Samples;
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

/** How functions show on the page, and what a meter shows beside itself: one small object a series. */
final class Views {
    private Views() {}

    /** Samples that are there since a time. */
    record Since(Samples samples, long epochMillis) implements Recorded {
        /** What never records is never idle. */
        @Override
        public long recordings() {
            return samples instanceof Recorded recorded ? recorded.recordings() : 0;
        }

        @Override
        public Object owner() {
            return samples.owner();
        }

        @Override
        public boolean isEmpty() {
            return samples.isEmpty();
        }

        @Override
        public long peek() {
            return samples.peek();
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.created(epochMillis);
            samples.visit(labels, visitor);
        }
    }

    record Value(Meter.Id owner, DoubleSupplier value) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, Foreign.value(value));
        }
    }

    /** An info's labels tell; its value is always 1. */
    record Info(Meter.Id owner) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            visitor.sample(labels, 1);
        }
    }

    record Max(Meter.Id owner, HistogramCell cell) implements Recorded {
        @Override
        public long recordings() {
            return cell.count();
        }

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
    record Measured(Meter.Id owner, Iterable<Measurement> measurements, Statistic statistic) implements Samples {
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

    record FunctionSummary(Meter.Id owner, DoubleSupplier count, DoubleSupplier sum) implements Samples {
        @Override
        public void visit(Labels labels, SampleVisitor visitor) throws IOException {
            double calls = Foreign.value(count);
            visitor.summary(labels, (long) calls, Foreign.value(sum));
        }
    }

    record LongTaskSummary(Meter.Id owner, LongTaskTimer timer) implements Samples {
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
    record LongTaskBuckets(Meter.Id owner, LongTaskTimer timer) implements Samples {
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
            visitor.gaugeHistogram(labels, bounds, counts, snapshot.total(TimeUnit.SECONDS));
        }
    }
}
