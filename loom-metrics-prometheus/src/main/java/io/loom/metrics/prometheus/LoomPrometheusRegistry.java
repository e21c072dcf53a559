package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.exposition.TextRenderer;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Samples;
import io.loom.metrics.prometheus.meter.LoomCounter;
import io.loom.metrics.prometheus.meter.LoomSummary;
import io.loom.metrics.prometheus.meter.LoomTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.internal.DefaultGauge;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Micrometer registry for Prometheus, on lock-free cells.
 *
 * <p>Thread-safe. Recording to a meter and scraping take no lock and never wait for each other. Registering a meter that is new
 * takes Micrometer's registration monitor once. Names are those of Micrometer's {@link PrometheusNamingConvention}.
 *
 * <p>A scrape is consistent within each histogram: {@code _count} and the {@code +Inf} bucket are the sum of the very buckets
 * that were read. It is no point-in-time cut across series. A meter's function that throws costs its own lines only.
 */
public final class LoomPrometheusRegistry extends MeterRegistry {
    private static final Logger log = LoggerFactory.getLogger(LoomPrometheusRegistry.class);

    private final PrometheusConfig config;
    private final boolean maxima;
    private final Exposure exposure;

    /** Creates a registry with {@link PrometheusConfig#DEFAULT} on the system clock. */
    public LoomPrometheusRegistry() {
        this(PrometheusConfig.DEFAULT);
    }

    /** Creates a registry on the system clock, which shows maxima. */
    public LoomPrometheusRegistry(PrometheusConfig config) {
        this(config, Clock.SYSTEM, true);
    }

    LoomPrometheusRegistry(PrometheusConfig config, Clock clock, boolean maxima) {
        super(clock);
        config.requireValid();
        this.config = config;
        this.maxima = maxima;
        this.exposure = new Exposure(config.descriptions(), this::getConventionName, this::getConventionTags);
        config().namingConvention(new PrometheusNamingConvention());
        config().onMeterRemoved(exposure::remove);
    }

    /** {@return a builder} */
    public static LoomPrometheusRegistryBuilder builder() {
        return new LoomPrometheusRegistryBuilder();
    }

    /** {@return the page in the text format 0.0.4} */
    public String scrape() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            scrape(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes the page in the text format 0.0.4. Streams: whatever the size of the page, a few kilobytes are allocated.
     *
     * @param out gets the page; neither flushed nor closed
     * @throws IOException where {@code out} does
     */
    public void scrape(OutputStream out) throws IOException {
        TextRenderer.render(exposure.families(), out, clock.monotonicTime());
    }

    @Override
    protected Counter newCounter(Meter.Id id) {
        LoomCounter counter = new LoomCounter(id);
        report(id, exposure.add(id, FamilyType.COUNTER, Views.counter(counter.cell())));
        return counter;
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> valueFunction) {
        Gauge gauge = new DefaultGauge<>(id, obj, valueFunction);
        FamilyType type = id.getName().endsWith(".info") ? FamilyType.INFO : FamilyType.GAUGE;
        report(id, exposure.add(id, type, Views.value(gauge::value)));
        return gauge;
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauseDetector) {
        BucketTexts buckets = exposure.shared(Layouts.ofTimer(statistics));
        LoomTimer timer = new LoomTimer(id, clock, buckets.layout());
        showDistribution(id, timer.cell(), buckets);
        return timer;
    }

    @Override
    protected DistributionSummary newDistributionSummary(
            Meter.Id id, DistributionStatisticConfig statistics, double scale) {
        BucketTexts buckets = exposure.shared(Layouts.ofSummary(statistics));
        LoomSummary summary = new LoomSummary(id, clock, buckets.layout(), scale);
        showDistribution(id, summary.cell(), buckets);
        return summary;
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig statistics) {
        LongTaskTimer timer = new DefaultLongTaskTimer(id, clock, getBaseTimeUnit(), statistics, true);
        Samples summary = Views.summary(timer::activeTasks, () -> timer.duration(getBaseTimeUnit()));
        report(id, show(id, FamilyType.SUMMARY, summary, Views.value(() -> timer.max(getBaseTimeUnit()))));
        return timer;
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(
            Meter.Id id,
            T obj,
            ToLongFunction<T> countFunction,
            ToDoubleFunction<T> totalTimeFunction,
            TimeUnit totalTimeFunctionUnit) {
        FunctionTimer timer = new CumulativeFunctionTimer<>(
                id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit, getBaseTimeUnit());
        Samples summary = Views.summary(() -> (long) timer.count(), () -> timer.totalTime(getBaseTimeUnit()));
        report(id, exposure.add(id, FamilyType.SUMMARY, summary));
        return timer;
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> countFunction) {
        FunctionCounter counter = new CumulativeFunctionCounter<>(id, obj, countFunction);
        report(id, exposure.add(id, FamilyType.COUNTER, Views.value(counter::count)));
        return counter;
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        report(id, exposure.add(id, measurements));
        return new DefaultMeter(id, type, measurements);
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return TimeUnit.SECONDS;
    }

    @Override
    protected DistributionStatisticConfig defaultHistogramConfig() {
        return DistributionStatisticConfig.builder()
                .expiry(config.step())
                .build()
                .merge(DistributionStatisticConfig.DEFAULT);
    }

    private void showDistribution(Meter.Id id, HistogramCell cell, BucketTexts buckets) {
        boolean hasBounds = buckets.size() > 1;
        FamilyType type = hasBounds ? FamilyType.HISTOGRAM : FamilyType.SUMMARY;
        Samples samples = hasBounds ? Views.histogram(cell, buckets) : Views.summary(cell);
        report(id, show(id, type, samples, Views.max(cell)));
    }

    private Optional<String> show(Meter.Id id, FamilyType type, Samples samples, Samples max) {
        return maxima ? exposure.add(id, type, samples, max) : exposure.add(id, type, samples);
    }

    private void report(Meter.Id id, Optional<String> clash) {
        clash.ifPresent(reason -> {
            log.warn("{}: the meter records but is not on the page: {}", id, reason);
            meterRegistrationFailed(id, reason);
        });
    }
}
