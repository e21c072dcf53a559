package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.ExponentialLayout;
import io.loom.metrics.prometheus.meter.ExemplarSampler;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link LoomPrometheusRegistry}: default configuration, the system clock, maxima shown, no times of creation, no
 * exemplars, no native histograms, no collectors of others, series that stay. Not thread-safe.
 */
public final class LoomPrometheusRegistryBuilder {
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Duration LONGEST_IDLE = Duration.ofDays(36_500);
    private static final Duration DEFAULT_EXEMPLAR_INTERVAL = Duration.ofSeconds(10);

    private PrometheusConfig config = PrometheusConfig.DEFAULT;
    private Clock clock = Clock.SYSTEM;
    private boolean maxima = true;
    private @Nullable Duration idle;
    private final Map<String, MultiCollector> collectors = new LinkedHashMap<>();
    private Duration collectorTimeout = CollectorSettings.NONE.timeout();
    private int collectorSeriesLimit = CollectorSettings.NONE.seriesLimit();
    private boolean created;
    private @Nullable SpanContext spanContext;
    private Duration exemplarInterval = DEFAULT_EXEMPLAR_INTERVAL;
    private NativeHistograms nativeHistograms = NativeHistograms.NONE;

    LoomPrometheusRegistryBuilder() {}

    /** Sets whether to show descriptions, and the step of the windows of maxima. */
    public LoomPrometheusRegistryBuilder config(PrometheusConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /** Sets what timers read. */
    public LoomPrometheusRegistryBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets whether timers and summaries show a {@code _max} gauge, as they do in Micrometer's registry. */
    public LoomPrometheusRegistryBuilder maxima(boolean shown) {
        this.maxima = shown;
        return this;
    }

    /**
     * Shows the families of a client_java collector behind our own. It is called at each scrape, on a thread of its own. One that
     * throws, hangs, gives what is on the page already, names that are not legal, or too many series, costs its own lines: {@code
     * loom_metrics_collector_failures_total} tells.
     *
     * @param name the value of the label {@code collector}
     * @throws IllegalArgumentException where the name is blank, or another collector has it
     */
    public LoomPrometheusRegistryBuilder collector(String name, MultiCollector collector) {
        Objects.requireNonNull(collector, "collector");
        if (name.isBlank()) {
            throw new IllegalArgumentException("collector name must not be blank");
        }
        if (collectors.putIfAbsent(name, collector) != null) {
            throw new IllegalArgumentException(
                    "collector names must be distinct: \"" + name + "\" is there twice. Rename one of them.");
        }
        return this;
    }

    /** Shows the family of a client_java collector: see {@link #collector(String, MultiCollector)}. */
    public LoomPrometheusRegistryBuilder collector(String name, Collector collector) {
        Objects.requireNonNull(collector, "collector");
        return collector(name, (MultiCollector) () -> MetricSnapshots.of(collector.collect()));
    }

    /**
     * Shows all families of a client_java registry, as those of one collector: see {@link #collector(String, MultiCollector)}. A
     * registry calls its collectors one after the other, so one of them that fails costs the lines of all.
     */
    public LoomPrometheusRegistryBuilder include(String name, PrometheusRegistry registry) {
        Objects.requireNonNull(registry, "registry");
        return collector(name, (MultiCollector) registry::scrape);
    }

    /**
     * Sets how long a scrape waits for collectors, counted from its beginning: 2 seconds unless it is set, and three quarters of
     * the time that the scraper has at most. One that takes longer is left out, and not called again until it has returned.
     *
     * @throws IllegalArgumentException where it is not positive, or longer than an hour
     */
    public LoomPrometheusRegistryBuilder collectorTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "collector timeout must be positive and at most an hour: was " + timeout);
        }
        this.collectorTimeout = timeout;
        return this;
    }

    /**
     * Sets whether counters, timers and summaries tell in OpenMetrics when they were created, by a sample {@code _created}. It
     * costs a line and 24 bytes for each series. Off unless set.
     */
    public LoomPrometheusRegistryBuilder created(boolean shown) {
        this.created = shown;
        return this;
    }

    /**
     * Sets how many series each collector may have: 100,000 unless it is set. A family that has more than are left is left out.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public LoomPrometheusRegistryBuilder collectorSeriesLimit(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("collector series limit must be positive: was " + limit);
        }
        this.collectorSeriesLimit = limit;
        return this;
    }

    /**
     * Sets where exemplars come from, so that counters and buckets lead to traces, in OpenMetrics and protobuf. OpenTelemetry's is {@code
     * io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext}. It is asked by the thread that records, and only sampled spans
     * count. Where it throws there is no exemplar. None unless set.
     */
    public LoomPrometheusRegistryBuilder spanContext(SpanContext spanContext) {
        this.spanContext = Objects.requireNonNull(spanContext, "spanContext");
        return this;
    }

    /**
     * Takes a series of a counter, a timer or a summary off the page when it has recorded nothing for so long, and back on, with
     * its full value, when it records again. Without this, series stay. One that never recorded anything stays at 0, and so do
     * gauges and what reads functions. It takes nothing off the heap, and no time when something is recorded.
     *
     * @param idle many times as long as the interval of scrapes, and longer than the ranges of queries: what brings a series back
     *     is not seen by {@code increase()} over a range in which the series was not there
     * @throws IllegalArgumentException where it is not positive, or longer than a hundred years
     */
    public LoomPrometheusRegistryBuilder expireIdleSeries(Duration idle) {
        if (idle.isNegative() || idle.isZero() || idle.compareTo(LONGEST_IDLE) > 0) {
            throw new IllegalArgumentException(
                    "idle time of a series must be positive and at most 36500 days: was " + idle);
        }
        this.idle = idle;
        return this;
    }

    /**
     * Sets how long an exemplar stays at least, on each counter and in each bucket: 10 seconds unless set.
     *
     * @throws IllegalArgumentException if {@code minimum} is negative
     */
    public LoomPrometheusRegistryBuilder exemplarInterval(Duration minimum) {
        if (minimum.isNegative()) {
            throw new IllegalArgumentException("exemplar interval must not be negative: was " + minimum);
        }
        this.exemplarInterval = minimum;
        return this;
    }

    /**
     * Makes a timer or a summary a native histogram, too: one of exponential buckets, which only {@link
     * ExpositionFormat#PROTOBUF} shows. Beware: a Prometheus that knows native histograms stores no {@code _bucket} of it.
     *
     * @param meterName Micrometer's name of the meter
     * @param schema to begin with, 0 to 8: each octave has 2<sup>schema</sup> buckets
     * @param maxBuckets 8 to 1,000: when more have values, the schema becomes coarser by one; 160 is usual
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistogram(String meterName, int schema, int maxBuckets) {
        return nativeHistograms(Objects.requireNonNull(meterName, "meterName")::equals, schema, maxBuckets);
    }

    /**
     * Makes timers and summaries native histograms, too, as {@link #nativeHistogram} does. Of what is said about a meter the
     * first counts.
     *
     * @param meterNames asked for each timer and summary that is registered, by Micrometer's name
     * @throws IllegalArgumentException where the schema or the number is out of its range
     */
    public LoomPrometheusRegistryBuilder nativeHistograms(Predicate<String> meterNames, int schema, int maxBuckets) {
        nativeHistograms = nativeHistograms.and(
                Objects.requireNonNull(meterNames, "meterNames"), new ExponentialLayout(schema, maxBuckets));
        return this;
    }

    /** {@return the registry} */
    public LoomPrometheusRegistry build() {
        // an unmodifiable copy that keeps the order
        Map<String, MultiCollector> foreign = Collections.unmodifiableMap(new LinkedHashMap<>(collectors));
        ExemplarSampler sampler =
                spanContext == null ? null : new ExemplarSampler(spanContext, clock, exemplarInterval);
        return new LoomPrometheusRegistry(
                config,
                clock,
                new MeterSettings(maxima, created, sampler, nativeHistograms),
                new CollectorSettings(foreign, collectorTimeout, collectorSeriesLimit),
                idle == null ? UnaryOperator.identity() : new IdleExpiry(idle, clock::monotonicTime));
    }
}
