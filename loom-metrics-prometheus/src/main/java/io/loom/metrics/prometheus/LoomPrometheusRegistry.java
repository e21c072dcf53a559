package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.api.LiveFigures;
import io.loom.metrics.prometheus.collector.FamilyCollector;
import io.loom.metrics.prometheus.collector.ForeignCollectors;
import io.loom.metrics.prometheus.family.Families;
import io.loom.metrics.prometheus.family.LegalName;
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
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    private final PrometheusConfig config;
    private final Exposure exposure;
    private final MeterFactory meters;
    private final ForeignCollectors collectors;
    private final Shortcuts<Counter> counters = new Shortcuts<>(LoomCounter.class);
    private final Shortcuts<Timer> timers = new Shortcuts<>(LoomTimer.class);
    private final Shortcuts<DistributionSummary> summaries = new Shortcuts<>(LoomSummary.class);
    private final Config watchedConfig = new WatchedConfig();

    /** Creates a registry with {@link PrometheusConfig#DEFAULT} on the system clock. */
    public LoomPrometheusRegistry() {
        this(PrometheusConfig.DEFAULT);
    }

    /** Creates a registry on the system clock, which shows maxima. */
    public LoomPrometheusRegistry(PrometheusConfig config) {
        this(config, Clock.SYSTEM, MeterSettings.STANDARD, CollectorSettings.NONE, UnaryOperator.identity());
    }

    LoomPrometheusRegistry(
            PrometheusConfig config,
            Clock clock,
            MeterSettings settings,
            CollectorSettings others,
            UnaryOperator<Samples> watch) {
        super(clock);
        config.requireValid();
        this.config = config;
        this.exposure = new Exposure(
                config.descriptions(),
                settings.created(),
                id -> LegalName.ofMetric(getConventionName(id)),
                this::getConventionTags,
                watch);
        this.meters = new MeterFactory(clock, settings, exposure, this::meterRegistrationFailed);
        config().namingConvention(new PrometheusNamingConvention());
        config().onMeterRemoved(this::forget);
        this.collectors = others.startFor(this);
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
     * Writes the page in the text format 0.0.4. Streams: whatever the size of the page, less than 64 KiB are allocated.
     *
     * @param out gets the page; neither flushed nor closed
     * @throws IOException where {@code out} does
     */
    public void scrape(OutputStream out) throws IOException {
        scrape(ExpositionFormat.TEXT, out);
    }

    /**
     * Writes the page in a format. Streams: whatever the size of the page, less than 256 KiB are allocated.
     *
     * @param out gets the page; neither flushed nor closed
     * @throws IOException where {@code out} does
     */
    public void scrape(ExpositionFormat format, OutputStream out) throws IOException {
        scrape(format, List.of(), ScrapeDeadline.none(), out);
    }

    /**
     * Writes a page, or a part of it, in a format.
     *
     * @param names of families or of their samples: only these families are written; all are where it is empty
     * @param deadline when the reader gives up: collectors of others have three quarters of it, and no more than the builder said
     * @param out gets the page; neither flushed nor closed
     * @throws IOException where {@code out} does
     */
    public void scrape(ExpositionFormat format, Collection<String> names, ScrapeDeadline deadline, OutputStream out)
            throws IOException {
        Set<String> asked = Set.copyOf(names);
        ForeignCollectors.Collection others = collectors.begin(asked, deadline.remaining());
        Families shown =
                asked.isEmpty() ? exposure.families() : exposure.families().named(asked);
        format.render(shown, others, out, clock.monotonicTime());
    }

    /** Calls no collector of others any more, and interrupts those that hang. */
    @Override
    public void close() {
        super.close();
        collectors.close();
    }

    /**
     * {@return all meters as client_java's snapshots, to be registered in a {@link
     * io.prometheus.metrics.model.registry.PrometheusRegistry} whose page shows them then} Families are read anew at each scrape,
     * so names are not checked when it is registered.
     */
    public MultiCollector asCollector() {
        return new FamilyCollector(exposure.families(), clock::monotonicTime);
    }

    /**
     * {@return figures of the last 15 minutes, for the JSON API of this module; not started}
     *
     * @param step how long to wait between two readings
     */
    @SuppressWarnings("exports") // nobody else can use it
    public LiveFigures figures(Duration step) {
        return new LiveFigures(exposure.families(), clock, step);
    }

    /**
     * Makes the registration of a meter that cannot be on the page fail, from now on: an {@link IllegalArgumentException} names
     * it and what it clashes with, and the meter is not registered. Otherwise it records, and a warning tells.
     *
     * @return this registry
     */
    public LoomPrometheusRegistry throwExceptionOnRegistrationFailure() {
        config().onMeterRegistrationFailed((id, reason) -> {
            throw new IllegalArgumentException(id + " cannot be on the page: " + reason);
        });
        return this;
    }

    @Override
    public Counter counter(String name, String... tags) {
        return counters.get(name, tags, () -> super.counter(name, tags));
    }

    @Override
    public Timer timer(String name, String... tags) {
        return timers.get(name, tags, () -> super.timer(name, tags));
    }

    @Override
    public DistributionSummary summary(String name, String... tags) {
        return summaries.get(name, tags, () -> super.summary(name, tags));
    }

    @Override
    @SuppressWarnings("ConstantValue") // null while the super-class is under construction
    public Config config() {
        return watchedConfig == null ? super.config() : watchedConfig;
    }

    @Override
    protected Counter newCounter(Meter.Id id) {
        return meters.counter(id);
    }

    @Override
    protected <T> Gauge newGauge(Meter.Id id, @Nullable T obj, ToDoubleFunction<T> valueFunction) {
        return meters.gauge(id, obj, valueFunction);
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauseDetector) {
        return meters.timer(id, statistics);
    }

    @Override
    protected DistributionSummary newDistributionSummary(
            Meter.Id id, DistributionStatisticConfig statistics, double scale) {
        return meters.summary(id, statistics, scale);
    }

    @Override
    protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig statistics) {
        return meters.longTaskTimer(id, statistics);
    }

    @Override
    protected <T> FunctionTimer newFunctionTimer(
            Meter.Id id,
            T obj,
            ToLongFunction<T> countFunction,
            ToDoubleFunction<T> totalTimeFunction,
            TimeUnit totalTimeFunctionUnit) {
        return meters.functionTimer(id, obj, countFunction, totalTimeFunction, totalTimeFunctionUnit);
    }

    @Override
    protected <T> FunctionCounter newFunctionCounter(Meter.Id id, T obj, ToDoubleFunction<T> countFunction) {
        return meters.functionCounter(id, obj, countFunction);
    }

    @Override
    protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        return meters.custom(id, type, measurements);
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return MeterFactory.UNIT;
    }

    @Override
    protected DistributionStatisticConfig defaultHistogramConfig() {
        return DistributionStatisticConfig.builder()
                .expiry(config.step())
                .build()
                .merge(DistributionStatisticConfig.DEFAULT);
    }

    private void forget(Meter meter) {
        exposure.remove(meter);
        forgetShortcuts();
    }

    private void forgetShortcuts() {
        counters.forget();
        timers.forget();
        summaries.forget();
    }

    /** A filter may lead a name and tags to another meter. */
    private final class WatchedConfig extends Config {
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // what needs it is in the super-class
        public Config meterFilter(MeterFilter filter) {
            super.meterFilter(filter);
            forgetShortcuts();
            return this;
        }
    }
}
