package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.catalogue.Buckets;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Registers with client_java. It has no maxima: a gauge stands for each, so that all pages have the same lines. */
final class ClientJavaPageWriter implements PageWriter {
    private final PrometheusRegistry registry;
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, Gauge> gauges = new HashMap<>();
    private final Map<String, Histogram> histograms = new HashMap<>();
    private final Map<String, Summary> summaries = new HashMap<>();

    ClientJavaPageWriter(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void counter(String family, String[] values, int count) {
        counters.computeIfAbsent(legal(family), this::counter)
                .labelValues(values)
                .inc(count);
    }

    @Override
    public void gauge(String family, String[] values, double value) {
        gauges.computeIfAbsent(legal(family), this::gauge).labelValues(values).set(value);
    }

    @Override
    public void timer(String family, String[] values, Buckets buckets, long[] elapsedNanos) {
        String name = legal(family) + "_seconds";
        DistributionDataPoint timer = buckets.equals(Buckets.NONE)
                ? summaries.computeIfAbsent(name, this::summary).labelValues(values)
                : histograms
                        .computeIfAbsent(name, absent -> histogram(absent, buckets))
                        .labelValues(values);
        for (long nanos : elapsedNanos) {
            timer.observe(nanos / Meters.NANOS_PER_SECOND);
        }
        double max = Arrays.stream(elapsedNanos).max().orElse(0) / Meters.NANOS_PER_SECOND;
        gauges.computeIfAbsent(name + "_max", this::gauge).labelValues(values).set(max);
    }

    private Counter counter(String name) {
        return Counter.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(PageWriter.keys())
                .withoutExemplars()
                .register(registry);
    }

    private Gauge gauge(String name) {
        return Gauge.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(PageWriter.keys())
                .withoutExemplars()
                .register(registry);
    }

    private Summary summary(String name) {
        return Summary.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(PageWriter.keys())
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, Buckets buckets) {
        return Histogram.builder()
                .name(name)
                .help(Meters.HELP)
                .labelNames(PageWriter.keys())
                .classicOnly()
                .classicUpperBounds(buckets.upperBounds())
                .withoutExemplars()
                .register(registry);
    }

    private static String legal(String family) {
        return family.replace('.', '_');
    }
}
