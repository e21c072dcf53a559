package io.loom.metrics.prometheus;

import io.loom.metrics.prometheus.cell.HistogramCell;
import io.loom.metrics.prometheus.family.BucketTexts;
import io.loom.metrics.prometheus.family.FamilyType;
import io.loom.metrics.prometheus.family.Samples;
import io.loom.metrics.prometheus.meter.Extras;
import io.loom.metrics.prometheus.meter.LoomCounter;
import io.loom.metrics.prometheus.meter.LoomGauge;
import io.loom.metrics.prometheus.meter.LoomSummary;
import io.loom.metrics.prometheus.meter.LoomTimer;
import io.loom.metrics.prometheus.meter.Percentiles;
import io.loom.metrics.prometheus.meter.UnderWayGauge;
import io.loom.metrics.spi.UnderWay;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionCounter;
import io.micrometer.core.instrument.cumulative.CumulativeFunctionTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.internal.DefaultLongTaskTimer;
import io.micrometer.core.instrument.internal.DefaultMeter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each kind of Micrometer's meters, and puts what it shows on the page. Called under Micrometer's registration monitor, one
 * at a time.
 */
final class MeterFactory {
    /** What the page shows durations in. */
    static final TimeUnit UNIT = TimeUnit.SECONDS;

    private static final Logger log = LoggerFactory.getLogger(LoomPrometheusRegistry.class);

    private final Clock clock;
    private final MeterSettings settings;
    private final Exposure exposure;
    private final BiConsumer<Meter.Id, String> refused;

    /**
     * Creates a factory.
     *
     * @param refused is told of each meter that cannot be on the page, and why; where it throws, there is no meter
     */
    MeterFactory(Clock clock, MeterSettings settings, Exposure exposure, BiConsumer<Meter.Id, String> refused) {
        this.clock = clock;
        this.settings = settings;
        this.exposure = exposure;
        this.refused = refused;
    }

    LoomCounter counter(Meter.Id id) {
        LoomCounter counter = LoomCounter.of(id, settings.sampler());
        show(id, Part.of(FamilyType.COUNTER, sinceNow(counter)));
        return counter;
    }

    <T> Gauge gauge(Meter.Id id, @Nullable T state, ToDoubleFunction<T> value) {
        LoomGauge<T> gauge =
                state instanceof UnderWay ? new UnderWayGauge<>(id, state, value) : new LoomGauge<>(id, state, value);
        boolean info = id.getName().endsWith(".info");
        show(id, info ? Part.of(FamilyType.INFO, new Views.Info(id)) : Part.of(FamilyType.GAUGE, gauge));
        return gauge;
    }

    LoomTimer timer(Meter.Id id, DistributionStatisticConfig statistics) {
        BucketTexts buckets = exposure.shared(Layouts.ofTimer(statistics));
        LoomTimer timer = LoomTimer.of(id, clock, buckets, extras(id, statistics), settings.sampler());
        showDistribution(id, timer, timer, timer.familyType());
        return timer;
    }

    LoomSummary summary(Meter.Id id, DistributionStatisticConfig statistics, double scale) {
        BucketTexts buckets = exposure.shared(Layouts.ofSummary(statistics));
        LoomSummary summary = LoomSummary.of(id, clock, buckets, scale, extras(id, statistics), settings.sampler());
        showDistribution(id, summary, summary, summary.familyType());
        return summary;
    }

    LongTaskTimer longTaskTimer(Meter.Id id, DistributionStatisticConfig statistics) {
        LongTaskTimer timer = new DefaultLongTaskTimer(id, clock, UNIT, statistics, true);
        show(id, Part.ofTasks(id, timer, statistics.isPublishingHistogram()));
        return timer;
    }

    <T> FunctionTimer functionTimer(
            Meter.Id id, T state, ToLongFunction<T> count, ToDoubleFunction<T> totalTime, TimeUnit totalTimeUnit) {
        FunctionTimer timer = new CumulativeFunctionTimer<>(id, state, count, totalTime, totalTimeUnit, UNIT);
        Samples summary = new Views.FunctionSummary(id, timer::count, () -> timer.totalTime(UNIT));
        show(id, Part.of(FamilyType.SUMMARY, summary));
        return timer;
    }

    <T> FunctionCounter functionCounter(Meter.Id id, T state, ToDoubleFunction<T> count) {
        FunctionCounter counter = new CumulativeFunctionCounter<>(id, state, count);
        show(id, Part.of(FamilyType.COUNTER, new Views.Value(id, counter::count)));
        return counter;
    }

    Meter custom(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
        show(id, Part.ofMeasurements(id, measurements).toArray(Part[]::new));
        return new DefaultMeter(id, type, measurements);
    }

    private @Nullable Extras extras(Meter.Id id, DistributionStatisticConfig statistics) {
        return Extras.of(
                Percentiles.of(clock, statistics), settings.nativeHistograms().cell(id.getName()));
    }

    private void showDistribution(Meter.Id id, Samples distribution, HistogramCell cell, FamilyType type) {
        show(id, Part.of(type, sinceNow(distribution)), Part.gauge(Part.MAX, new Views.Max(id, cell)));
    }

    /** {@return samples that tell when they were created, where that is asked for} */
    private Samples sinceNow(Samples samples) {
        return settings.created() ? new Views.Since(samples, clock.wallTime()) : samples;
    }

    private void show(Meter.Id id, Part... parts) {
        List<Part> shown = Arrays.stream(parts)
                .filter(part -> settings.maxima() || !part.suffix().equals(Part.MAX))
                .toList();
        exposure.add(id, shown).ifPresent(clash -> {
            refused.accept(id, clash);
            log.warn("{}: the meter records, but is not on the page: {}", id, clash);
        });
    }
}
