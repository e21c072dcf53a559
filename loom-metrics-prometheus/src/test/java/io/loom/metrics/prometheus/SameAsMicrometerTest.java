package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.TextPage;
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
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same work on our registry and on Micrometer's own: parsed, both pages have the same families and the same samples. */
class SameAsMicrometerTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry ours =
            LoomPrometheusRegistry.builder().clock(clock).build();
    private final PrometheusMeterRegistry theirs =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);

    @Test
    void loom_withOneEventOfEachKind_isTheSame() {
        onBoth(registry -> OneOfEach.record(
                LoomMetrics.builder(registry).processMetrics(false).build()));

        assertThat(theirPage().samples()).hasSizeGreaterThan(100);
        assertSame();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.b",
                "a-b",
                "A.B",
                "a..b",
                "a:b",
                "_a",
                "9lives",
                "with space",
                "a$b/c",
                "命中率",
                "🐉",
                "a.total",
                "a_total",
                "a.seconds",
                "a.milliseconds",
                "a.count",
                "a.sum",
                "a.max",
                "a.bytes",
                "a.created",
                "a.bucket"
            })
    void names_oddOnes_areTheSame(String name) {
        onBoth(registry -> {
            Counter.builder(name + ".counter").register(registry).increment(2.5);
            Gauge.builder(name + ".gauge", () -> 3).register(registry);
            Counter.builder("counter." + name)
                    .baseUnit("bytes")
                    .register(registry)
                    .increment();
            Gauge.builder("gauge." + name, () -> 3).baseUnit("bytes").register(registry);
            Timer.builder("timer." + name).register(registry).record(Duration.ofMillis(3));
            DistributionSummary.builder("summary." + name).register(registry).record(3);
            LongTaskTimer.builder("task." + name).register(registry).start();
            TimeGauge.builder("lag." + name, () -> 1_500, TimeUnit.MILLISECONDS).register(registry);
            FunctionCounter.builder("calls." + name, "", state -> 2).register(registry);
            FunctionTimer.builder("work." + name, "", state -> 2, state -> 500, TimeUnit.MILLISECONDS)
                    .register(registry);
            Meter.builder("custom." + name, Meter.Type.OTHER, everyStatistic()).register(registry);
        });

        assertSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a-b", "A", "9x", "命", "__x", "a b"})
    void labelNames_oddOnes_areTheSame(String key) {
        onBoth(registry -> registry.counter("c", key, "v").increment());

        assertSame();
    }

    @Test
    void labelValues_oddOnes_areTheSame() {
        onBoth(registry -> {
            for (String value : List.of("", " ", "\\", "\"", "\n", "\\n", "奇幻", "🐉", "a,b=\"c\"", "{id}", "\t\r")) {
                registry.counter("c", "k", value, "j", "x").increment();
            }
        });

        assertThat(theirPage().samples()).hasSize(11);
        assertSame();
    }

    @Test
    void timers_withObjectives_areTheSameForRandomDurations() {
        Random random = new Random(7);
        List<Duration> durations = Stream.generate(
                        () -> Duration.ofNanos(random.nextLong(1L << (1 + random.nextInt(38)))))
                .limit(2_000)
                .toList();
        Duration[] objectives = durations.stream()
                .limit(20)
                .filter(duration -> !duration.isZero())
                .sorted()
                .distinct()
                .toArray(Duration[]::new);
        onBoth(registry -> {
            Timer timer = Timer.builder("t").serviceLevelObjectives(objectives).register(registry);
            durations.forEach(timer::record);
        });

        assertSame();
    }

    @Test
    void summaries_ofWholeNumbers_areTheSame() {
        onBoth(registry -> {
            DistributionSummary summary = DistributionSummary.builder("s")
                    .baseUnit("words")
                    .serviceLevelObjectives(1, 50, 1_000, 1e7)
                    .register(registry);
            for (int amount : new int[] {0, 1, 2, 49, 50, 51, 1_000, 1_001, 10_000_000, 10_000_001}) {
                summary.record(amount);
            }
        });

        assertSame();
    }

    @Test
    void percentileHistograms_areTheSame() {
        onBoth(registry -> {
            Timer timer = Timer.builder("t").publishPercentileHistogram().register(registry);
            DistributionSummary summary = DistributionSummary.builder("s")
                    .publishPercentileHistogram()
                    .serviceLevelObjectives(17)
                    .register(registry);
            for (int i = 0; i < 500; i++) {
                timer.record(i * 7L, TimeUnit.MILLISECONDS);
                summary.record(i * 11);
            }
        });

        assertThat(theirPage().samples()).hasSizeGreaterThan(200);
        assertSame();
    }

    @Test
    void maxima_throughTheirWindow_areTheSameWhereBothAreReadEveryStep() {
        onBoth(registry -> registry.timer("t").record(Duration.ofSeconds(5)));
        for (int step = 0; step < 5; step++) {
            assertSame();
            clock.add(Duration.ofMinutes(1));
        }
        assertThat(theirPage().value("t_seconds_max")).isZero();
    }

    @Test
    void removal_ofEverySecondMeter_leavesTheSame() {
        onBoth(registry -> {
            for (int i = 0; i < 20; i++) {
                registry.timer("t" + i % 3, "k", "" + i);
                registry.counter("c" + i % 3, "k", "" + i);
            }
            List<Meter> meters = registry.getMeters().stream()
                    .filter(meter -> Integer.parseInt(meter.getId().getTag("k")) % 2 == 0)
                    .toList();
            meters.forEach(registry::remove);
        });

        assertThat(theirPage().samples()).hasSize(40);
        assertSame();
    }

    private static List<Measurement> everyStatistic() {
        return Arrays.stream(Statistic.values())
                .map(statistic -> new Measurement(() -> 1.0 * statistic.name().length(), statistic))
                .toList();
    }

    private void onBoth(Consumer<MeterRegistry> work) {
        work.accept(ours);
        work.accept(theirs);
    }

    private TextPage theirPage() {
        return TextPage.parse(theirs.scrape());
    }

    private void assertSame() {
        TextPage expected = theirPage();
        TextPage actual = TextPage.parse(ours.scrape());
        assertThat(actual.samples()).containsExactlyInAnyOrderEntriesOf(expected.samples());
        assertThat(actual.families().keySet()).isEqualTo(expected.families().keySet());
        expected.families().forEach((name, family) -> {
            TextPage.Family own = actual.families().get(name);
            assertThat(own.type()).as("type of %s", name).isEqualTo(family.type());
            // Micrometer writes a blank where there is no description.
            assertThat(own.help() == null ? " " : own.help())
                    .as("help of %s", name)
                    .isEqualTo(family.help());
        });
    }
}
