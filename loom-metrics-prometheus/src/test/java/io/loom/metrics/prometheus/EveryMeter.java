package io.loom.metrics.prometheus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One meter of each type that Micrometer has, in each way that it can publish. */
public final class EveryMeter {
    private static final Object STATE = new Object();

    private EveryMeter() {}

    public static void register(MeterRegistry registry, MockClock clock) {
        counters(registry);
        gauges(registry);
        timers(registry);
        summaries(registry);
        tasks(registry, clock);
        custom(registry);
    }

    private static void counters(MeterRegistry registry) {
        Counter.builder("counter")
                .description("A \\ \"counter\"\nof two lines.")
                .tag("kind", "a\"b\\\n龙")
                .register(registry)
                .increment(3);
        Counter.builder("counter").tag("kind", "outline").register(registry);
        Counter.builder("counter.cost").baseUnit("usd").register(registry).increment(0.125);
        FunctionCounter.builder("function.counter", STATE, state -> 3).register(registry);
        FunctionCounter.builder("function.counter.nan", STATE, state -> Double.NaN)
                .register(registry);
    }

    private static void gauges(MeterRegistry registry) {
        Gauge.builder("gauge", () -> 0.1).description("A gauge.").register(registry);
        Gauge.builder("gauge.depth", () -> -3).baseUnit("pages").register(registry);
        Gauge.builder("gauge.nan", () -> Double.NaN).register(registry);
        Gauge.builder("gauge.build.info", () -> 1).tag("version", "0.1.0").register(registry);
        TimeGauge.builder("gauge.lag", () -> 1_500, TimeUnit.MILLISECONDS).register(registry);
        MultiGauge rows = MultiGauge.builder("gauge.rows").register(registry);
        rows.register(List.of(
                MultiGauge.Row.of(Tags.of("shard", "0"), () -> 1), MultiGauge.Row.of(Tags.of("shard", "1"), () -> 2)));
    }

    private static void timers(MeterRegistry registry) {
        Duration[] objectives = {Duration.ofMillis(150), Duration.ofMinutes(5)};
        record(Timer.builder("timer").description("A timer.").register(registry));
        record(Timer.builder("timer.objectives")
                .serviceLevelObjectives(objectives)
                .tag("kind", "outline")
                .register(registry));
        record(Timer.builder("timer.percentiles").publishPercentiles(0.5, 1).register(registry));
        record(Timer.builder("timer.percentiles.objectives")
                .publishPercentiles(0.5)
                .serviceLevelObjectives(objectives)
                .register(registry));
        record(Timer.builder("timer.percentile.histogram")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(200))
                .maximumExpectedValue(Duration.ofMillis(250))
                .register(registry));
        FunctionTimer.builder("function.timer", STATE, state -> 3, state -> 750, TimeUnit.MILLISECONDS)
                .register(registry);
    }

    private static void summaries(MeterRegistry registry) {
        record(DistributionSummary.builder("summary").baseUnit("bytes").register(registry));
        record(DistributionSummary.builder("summary.objectives")
                .serviceLevelObjectives(0.25, 1e7)
                .register(registry));
        record(DistributionSummary.builder("summary.percentiles")
                .publishPercentiles(0.5)
                .register(registry));
        record(DistributionSummary.builder("summary.percentile.histogram")
                .publishPercentileHistogram()
                .minimumExpectedValue(1.0)
                .maximumExpectedValue(4.0)
                .register(registry));
    }

    private static void tasks(MeterRegistry registry, MockClock clock) {
        LongTaskTimer plain =
                LongTaskTimer.builder("tasks").description("Tasks.").register(registry);
        LongTaskTimer objectives = LongTaskTimer.builder("tasks.objectives")
                .description("Tasks by their age.")
                .serviceLevelObjectives(Duration.ofSeconds(2), Duration.ofSeconds(5))
                .tag("kind", "import")
                .register(registry);
        LongTaskTimer percentiles = LongTaskTimer.builder("tasks.percentiles")
                .publishPercentiles(0.5)
                .register(registry);
        List<LongTaskTimer> timers = List.of(plain, objectives, percentiles);
        timers.forEach(LongTaskTimer::start);
        clock.add(Duration.ofSeconds(2));
        timers.forEach(LongTaskTimer::start);
        clock.add(Duration.ofSeconds(1));
    }

    private static void custom(MeterRegistry registry) {
        List<Measurement> measurements = Arrays.stream(Statistic.values())
                .map(statistic -> new Measurement(() -> statistic.name().length() + 0.5, statistic))
                .toList();
        Meter.builder("custom", Meter.Type.OTHER, measurements)
                .description("Custom.")
                .register(registry);
    }

    private static void record(Timer timer) {
        timer.record(Duration.ofMillis(120));
        timer.record(Duration.ofMillis(240));
        timer.record(Duration.ofSeconds(301));
    }

    private static void record(DistributionSummary summary) {
        summary.record(0.25);
        summary.record(0.3);
        summary.record(2e7);
    }
}
