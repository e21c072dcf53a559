package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.cell.Exemplars;
import io.loom.metrics.prometheus.cell.ExponentialCell;
import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Labels;
import io.loom.metrics.prometheus.family.SampleVisitor;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a snapshot of each series of a walk. What client_java refuses, such as a counter below 0, it throws: that costs the
 * series' own lines, as a failing function does. One for each walk; not thread-safe.
 */
final class SnapshotVisitor implements SampleVisitor {
    private static final long NO_TIME = 0;

    private final SnapshotList snapshots = new SnapshotList();
    private final HistogramPoints histograms = new HistogramPoints();
    private final List<Quantile> quantiles = new ArrayList<>();
    private final SeriesExemplars exemplars = new SeriesExemplars();
    private final long nowNanos;
    private FamilyType type = FamilyType.GAUGE;
    private long createdMillis = NO_TIME;

    SnapshotVisitor(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** {@return what the walk came by, once it is over} */
    MetricSnapshots snapshots() {
        return snapshots.toSnapshots();
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public void family(Family family) {
        type = family.type();
        snapshots.begin(family);
        quantiles.clear();
        exemplars.clear();
        createdMillis = NO_TIME;
    }

    @Override
    public void created(long epochMillis) {
        createdMillis = epochMillis;
    }

    @Override
    public void exemplars(Exemplars shown) {
        exemplars.read(shown);
    }

    @Override
    public void sample(Labels labels, long value) {
        sample(labels, (double) value);
    }

    @Override
    public void sample(Labels labels, double value) {
        switch (type) {
            case COUNTER ->
                snapshots.add(
                        new CounterDataPointSnapshot(value, translated(labels), exemplars.takeOne(), takeCreated()));
            case GAUGE -> snapshots.add(new GaugeDataPointSnapshot(value, translated(labels), null));
            case INFO -> snapshots.add(new InfoDataPointSnapshot(translated(labels)));
            case GAUGE_HISTOGRAM_PART -> {} // the gauge histogram has it
            case HISTOGRAM, NATIVE_HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY ->
                throw new IllegalStateException("no plain sample: " + type);
        }
    }

    @Override
    public void sampleNanos(Labels labels, long nanos) {
        sample(labels, HistogramPoints.seconds(nanos));
    }

    @Override
    public void histogram(Labels labels, HistogramCell cell, BucketTexts buckets) {
        snapshots.add(HistogramPoints.classic(cell, buckets, translated(labels), exemplars.takeAll(), takeCreated()));
    }

    @Override
    public void nativeHistogram(Labels labels, HistogramCell cell, BucketTexts buckets, ExponentialCell exponential) {
        quantiles.clear(); // these are for summaries
        snapshots.add(histograms.exponential(
                cell, buckets, exponential, translated(labels), exemplars.takeAll(), takeCreated()));
    }

    /** Their buckets are not cumulative. */
    @Override
    public void gaugeHistogram(Labels labels, double[] upperBounds, long[] cumulativeCounts, double sum) {
        long[] counts = cumulativeCounts.clone();
        for (int i = counts.length - 1; i > 0; i--) {
            counts[i] -= counts[i - 1];
        }
        ClassicHistogramBuckets buckets = ClassicHistogramBuckets.of(upperBounds, counts);
        snapshots.add(
                new HistogramDataPointSnapshot(buckets, sum, translated(labels), exemplars.takeAll(), takeCreated()));
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) {
        quantiles.add(new Quantile(quantile, value));
    }

    @Override
    public void summary(Labels labels, HistogramCell cell) {
        summary(labels, cell.count(), HistogramPoints.sum(cell));
    }

    @Override
    public void summary(Labels labels, long count, double sum) {
        Quantiles all = Quantiles.of(List.copyOf(quantiles));
        quantiles.clear();
        snapshots.add(
                new SummaryDataPointSnapshot(count, sum, all, translated(labels), exemplars.takeAll(), takeCreated()));
    }

    /** The next series tells its own time, if any. */
    private long takeCreated() {
        long created = createdMillis;
        createdMillis = NO_TIME;
        return created;
    }

    private static io.prometheus.metrics.model.snapshots.Labels translated(Labels labels) {
        List<Map.Entry<String, String>> decoded = LabelBlock.decode(labels.toString());
        return io.prometheus.metrics.model.snapshots.Labels.of(
                decoded.stream().map(Map.Entry::getKey).toList(),
                decoded.stream().map(Map.Entry::getValue).toList());
    }
}
