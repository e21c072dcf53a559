package io.loom.metrics.prometheus.meter;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.cell.HistogramLayout;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.Recorded;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.util.MeterEquivalence;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What timers and summaries have in common: a meter that is its own cell and its own lines on the page. */
abstract class Distribution extends HistogramCell implements Meter, Recorded {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What is recorded beside the cell, if anything is. */
    final @Nullable Extras extras;

    private final Meter.Id id;
    private final BucketTexts buckets;

    Distribution(Meter.Id id, BucketTexts buckets, @Nullable Extras extras) {
        super(buckets.layout());
        this.id = id;
        this.buckets = buckets;
        this.extras = extras;
    }

    @Override
    public final Meter.Id getId() {
        return id;
    }

    @Override
    public final Meter.Id owner() {
        return id;
    }

    /** {@return whether there is a place for exemplars: a summary has none} */
    static boolean isHistogram(BucketTexts buckets, @Nullable Extras extras) {
        return buckets.hasBounds() || isNative(extras);
    }

    /** {@return what a family of it is on the page} */
    public final FamilyType familyType() {
        if (buckets.hasBounds()) {
            return FamilyType.HISTOGRAM;
        }
        return isNative(extras) ? FamilyType.NATIVE_HISTOGRAM : FamilyType.SUMMARY;
    }

    @Override
    public final long peek() {
        return super.peek() + buckets.size(); // the first and the last that is read
    }

    @Override
    public final long recordings() {
        return count();
    }

    /** A histogram, or a summary where there are no bounds. */
    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        if (extras != null) {
            visitPercentiles(extras, labels, visitor);
        }
        if (extras != null && extras.exponential() != null) {
            visitor.nativeHistogram(labels, this, buckets, extras.exponential());
        } else if (buckets.hasBounds()) {
            visitor.histogram(labels, this, buckets);
        } else {
            visitor.summary(labels, this);
        }
    }

    @Override
    public final void close() {
        Percentiles percentiles = percentiles();
        if (percentiles != null) {
            percentiles.close();
        }
    }

    /** {@return whether {@code o} is a meter of the same id, as Micrometer's own meters have it} */
    @Override
    @SuppressWarnings("EqualsDoesntCheckParameterClass") // the helper does
    public final boolean equals(@Nullable Object o) {
        return MeterEquivalence.equals(this, o);
    }

    @Override
    public final int hashCode() {
        return MeterEquivalence.hashCode(this);
    }

    final HistogramSnapshot snapshot(double total, double max) {
        HistogramLayout layout = layout();
        double[] bounds = layout.upperBounds();
        long[] each = buckets();
        CountAtBucket[] counts = new CountAtBucket[bounds.length];
        long count = 0;
        for (int i = 0; i < bounds.length; i++) {
            count += each[i];
            counts[i] = new CountAtBucket(micrometerBound(layout, bounds[i]), (double) count);
        }
        count += each[bounds.length];
        Percentiles percentiles = percentiles();
        ValueAtPercentile[] values = percentiles == null ? null : percentiles.values();
        return new HistogramSnapshot(count, total, max, values, counts, null);
    }

    private static boolean isNative(@Nullable Extras extras) {
        return extras != null && extras.exponential() != null;
    }

    private @Nullable Percentiles percentiles() {
        return extras == null ? null : extras.percentiles();
    }

    private void visitPercentiles(Extras recorded, Labels labels, SampleVisitor visitor) throws IOException {
        if (!buckets.hasBounds() && recorded.percentiles() != null) {
            visitQuantiles(recorded.percentiles(), labels, visitor);
        }
    }

    /** The percentiles of a timer are nanoseconds; on the page all is seconds. */
    private void visitQuantiles(Percentiles computed, Labels labels, SampleVisitor visitor) throws IOException {
        double unit = layout().isNanos() ? NANOS_PER_SECOND : 1;
        for (ValueAtPercentile at : computed.values()) {
            visitor.quantile(labels, at.percentile(), at.value() / unit);
        }
    }

    /** Micrometer counts a timer's bounds in nanoseconds. */
    private static double micrometerBound(HistogramLayout layout, double bound) {
        return layout.isNanos() ? Math.round(bound * TimeUnit.SECONDS.toNanos(1)) : bound;
    }
}
