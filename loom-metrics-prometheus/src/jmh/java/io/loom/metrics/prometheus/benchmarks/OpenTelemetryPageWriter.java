package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.ExemplarFilter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Registers with an OpenTelemetry SDK, which a registry of client_java reads. Prometheus does not see its
 * maxima: a gauge stands for each. Nor has it a sum and count without buckets: a histogram without bounds stands for each, which has a bucket of its own.
 */
final class OpenTelemetryPageWriter implements PageWriter {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
    private static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("endpoint");
    private static final AttributeKey<String> SHARD = AttributeKey.stringKey("shard");

    private final Meter meter;
    private final Map<String, LongCounter> counters = new HashMap<>();
    private final Map<String, DoubleGauge> gauges = new HashMap<>();
    private final Map<String, DoubleHistogram> histograms = new HashMap<>();

    OpenTelemetryPageWriter(Meter meter) {
        this.meter = meter;
    }

    /**
     * {@return an SDK that is read by the registry, without the labels that the others do not have}
     *
     * @param registry what is scraped
     * @param seriesLimit of an instrument
     */
    static SdkMeterProvider readBy(PrometheusRegistry registry, int seriesLimit) {
        PrometheusMetricReader reader = PrometheusMetricReader.builder()
                .setOtelScopeLabelsEnabled(false)
                .setTargetInfoMetricEnabled(false)
                .build();
        registry.register(reader);
        return SdkMeterProvider.builder()
                .registerMetricReader(new ReusingReader(reader), instrument -> seriesLimit)
                .setExemplarFilter(ExemplarFilter.alwaysOff())
                .build();
    }

    @Override
    public void counter(String family, String[] values, int count) {
        counters.computeIfAbsent(family, this::counter).add(count, attributes(values));
    }

    @Override
    public void gauge(String family, String[] values, double value) {
        gauges.computeIfAbsent(family, this::gauge).set(value, attributes(values));
    }

    @Override
    public void timer(String family, String[] values, Buckets buckets, long[] elapsedNanos) {
        DoubleHistogram timer = histograms.computeIfAbsent(family, absent -> histogram(absent, buckets));
        Attributes attributes = attributes(values);
        for (long nanos : elapsedNanos) {
            timer.record(nanos / Meters.NANOS_PER_SECOND, attributes);
        }
        double max = Arrays.stream(elapsedNanos).max().orElse(0) / Meters.NANOS_PER_SECOND;
        gauge(family + ".seconds.max", values, max);
    }

    private LongCounter counter(String name) {
        return meter.counterBuilder(name).setDescription(Meters.HELP).build();
    }

    private DoubleGauge gauge(String name) {
        return meter.gaugeBuilder(name).setDescription(Meters.HELP).build();
    }

    private DoubleHistogram histogram(String name, Buckets buckets) {
        return meter.histogramBuilder(name)
                .setDescription(Meters.HELP)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(
                        Arrays.stream(buckets.upperBounds()).boxed().toList())
                .build();
    }

    private static Attributes attributes(String[] values) {
        return Attributes.of(METHOD, values[0], ENDPOINT, values[1], SHARD, values[2]);
    }

    /** Collects into memory that it uses again, as the exporter's own server does. For one scrape at a time. */
    private record ReusingReader(MetricReader reader) implements MetricReader {
        @Override
        public MemoryMode getMemoryMode() {
            return MemoryMode.REUSABLE_DATA;
        }

        @Override
        public void register(CollectionRegistration registration) {
            reader.register(registration);
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return reader.getAggregationTemporality(type);
        }

        @Override
        public CompletableResultCode forceFlush() {
            return reader.forceFlush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return reader.shutdown();
        }
    }
}
