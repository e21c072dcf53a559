package io.loom.metrics.examples.promql;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterKind;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.examples.promql.KnownMetric.Source;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the catalogue's metrics are called on a Prometheus page. */
public final class CatalogueNames {
    private static final PrometheusNamingConvention CONVENTION = new PrometheusNamingConvention();

    private CatalogueNames() {}

    /** {@return the name of a metric} */
    public static String of(LoomMeter meter) {
        MeterSpec spec = meter.spec();
        String name = CONVENTION.name(spec.name(), type(spec.kind()), spec.baseUnit());
        if (spec.kind() == MeterKind.COUNTER) {
            return name + "_total";
        }
        return meter == LoomMeter.BUILD_INFO ? name + "_info" : name;
    }

    /** {@return every metric of the catalogue, by the name of each of its samples} */
    static Map<String, KnownMetric> samples() {
        Map<String, KnownMetric> samples = new LinkedHashMap<>();
        for (LoomMeter meter : LoomMeter.values()) {
            String name = of(meter);
            List<String> labels = meter.spec().labelKeys();
            KnownMetric metric = metric(meter, Labels.of(labels), LabelValues.of(labels));
            switch (meter.spec().kind()) {
                case COUNTER, GAUGE -> samples.put(name, metric);
                case TIMER, SUMMARY -> {
                    Labels withBound = Labels.of(labels).with(Set.of("le"));
                    samples.put(name + "_bucket", metric(meter, withBound, LabelValues.ofBuckets(meter)));
                    List.of("_count", "_sum", "_max").forEach(suffix -> samples.put(name + suffix, metric));
                }
            }
        }
        return samples;
    }

    private static KnownMetric metric(LoomMeter meter, Labels labels, Map<String, Set<String>> values) {
        return new KnownMetric(
                of(meter),
                Source.CATALOGUE,
                meter.spec().help(),
                labels.with(Labels.OF_A_TARGET).names(),
                values);
    }

    private static Meter.Type type(MeterKind kind) {
        return switch (kind) {
            case COUNTER -> Meter.Type.COUNTER;
            case GAUGE -> Meter.Type.GAUGE;
            case TIMER -> Meter.Type.TIMER;
            case SUMMARY -> Meter.Type.DISTRIBUTION_SUMMARY;
        };
    }
}
