package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.family.Family;
import io.loom.metrics.prometheus.family.FamilyType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Families that come one after the other, as snapshots. Not thread-safe. */
final class SnapshotList {
    private static final Logger log = LoggerFactory.getLogger(SnapshotList.class);

    private final List<MetricSnapshot> done = new ArrayList<>();
    private final List<CounterDataPointSnapshot> counters = new ArrayList<>();
    private final List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
    private final List<InfoDataPointSnapshot> infos = new ArrayList<>();
    private final List<HistogramDataPointSnapshot> histograms = new ArrayList<>();
    private final List<SummaryDataPointSnapshot> summaries = new ArrayList<>();
    private @Nullable Family current;

    void begin(Family family) {
        end();
        current = family;
    }

    void add(CounterDataPointSnapshot point) {
        counters.add(point);
    }

    void add(GaugeDataPointSnapshot point) {
        gauges.add(point);
    }

    void add(InfoDataPointSnapshot point) {
        infos.add(point);
    }

    void add(HistogramDataPointSnapshot point) {
        histograms.add(point);
    }

    void add(SummaryDataPointSnapshot point) {
        summaries.add(point);
    }

    MetricSnapshots toSnapshots() {
        end();
        current = null;
        return new MetricSnapshots(done);
    }

    private void end() {
        if (current != null && current.type() != FamilyType.GAUGE_HISTOGRAM_PART) { // the gauge histogram has it
            try {
                done.add(snapshot(current.type(), metadata(current)));
            } catch (IllegalArgumentException e) {
                log.debug("{}: client_java refuses the family, so it goes without it", current.name(), e);
            }
        }
        List.of(counters, gauges, infos, histograms, summaries).forEach(List::clear);
    }

    private MetricSnapshot snapshot(FamilyType type, MetricMetadata metadata) {
        return switch (type) {
            case COUNTER -> new CounterSnapshot(metadata, counters);
            case GAUGE, GAUGE_HISTOGRAM_PART -> new GaugeSnapshot(metadata, gauges);
            case INFO -> new InfoSnapshot(metadata, infos);
            case HISTOGRAM, NATIVE_HISTOGRAM -> new HistogramSnapshot(metadata, histograms);
            case GAUGE_HISTOGRAM -> new HistogramSnapshot(true, metadata, histograms);
            case SUMMARY -> new SummarySnapshot(metadata, summaries);
        };
    }

    private static MetricMetadata metadata(Family family) {
        String name = family.name();
        byte[] unit = family.unit();
        return new MetricMetadata(
                PrometheusNaming.isValidMetricName(name) ? name : PrometheusNaming.sanitizeMetricName(name),
                family.help(),
                unit == null ? null : new Unit(new String(unit, StandardCharsets.US_ASCII)));
    }
}
