package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each kind of Micrometer's meters looks like in protobuf, in protobuf's own text form, to the last character. */
class GoldenProtobufTest {
    /** The one number here that JDKs before and after 19 print differently. */
    private static final String THRESHOLD = Double.toString(0x1p-128);

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .clock(clock)
            .nativeHistograms(name -> name.startsWith("native."), 2, 8)
            .build();

    @Test
    void counters_andFunctionCounters() throws IOException {
        Counter.builder("loom.drafts")
                .description("Drafts of \\ and\n\"quotes\".")
                .tag("kind", "a\"b\\\n龙")
                .register(registry)
                .increment(3);
        Counter.builder("loom.cost").baseUnit("usd").register(registry).increment(0.125);
        FunctionCounter.builder("loom.calls", this, test -> 41.5).register(registry);

        assertPage("counters");
    }

    @Test
    void gauges_ofEachKind() throws IOException {
        Gauge.builder("loom.score", () -> Double.NaN).register(registry);
        Gauge.builder("loom.depth", () -> -3).baseUnit("pages").register(registry);
        Gauge.builder("loom.build.info", () -> 7).tag("version", "1").register(registry);
        TimeGauge.builder("loom.age", () -> 1_500, TimeUnit.MILLISECONDS).register(registry);
        MultiGauge.builder("loom.rows")
                .register(registry)
                .register(
                        List.of(MultiGauge.Row.of(Tags.of("row", "a"), 1), MultiGauge.Row.of(Tags.of("row", "b"), 2)));

        assertPage("gauges");
    }

    @Test
    void timers_plainWithObjectivesAndWithPercentiles() throws IOException {
        Timer.builder("loom.plain").register(registry).record(1_500, TimeUnit.MILLISECONDS);
        Timer objectives = Timer.builder("loom.objectives")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        objectives.record(100, TimeUnit.MILLISECONDS);
        objectives.record(2, TimeUnit.SECONDS);
        Timer.builder("loom.percentiles")
                .publishPercentiles(0.5, 0.9)
                .register(registry)
                .record(1, TimeUnit.SECONDS);
        FunctionTimer.builder("loom.function", this, test -> 4, test -> 2.5, TimeUnit.SECONDS)
                .register(registry);

        assertPage("timers");
    }

    @Test
    void summaries_plainAndWithObjectives() throws IOException {
        DistributionSummary.builder("loom.plain").register(registry).record(0.75);
        DistributionSummary.builder("loom.objectives")
                .serviceLevelObjectives(0.25, 0.5)
                .register(registry)
                .record(0.3);

        assertPage("summaries");
    }

    @Test
    void longTaskTimers_plainAndWithObjectives() throws IOException {
        LongTaskTimer.builder("loom.plain").register(registry).start();
        LongTaskTimer.builder("loom.objectives")
                .serviceLevelObjectives(Duration.ofSeconds(10), Duration.ofSeconds(60))
                .register(registry)
                .start();
        clock.add(Duration.ofSeconds(20));

        assertPage("long-task-timers");
    }

    @Test
    void customMeter_withEveryStatistic() throws IOException {
        List<Measurement> measurements = List.of(
                new Measurement(() -> 1, Statistic.COUNT),
                new Measurement(() -> 2, Statistic.TOTAL),
                new Measurement(() -> 3, Statistic.MAX),
                new Measurement(() -> 4, Statistic.VALUE),
                new Measurement(() -> 5, Statistic.ACTIVE_TASKS),
                new Measurement(() -> 6, Statistic.DURATION));
        Meter.builder("loom.custom", Meter.Type.OTHER, measurements).register(registry);

        assertPage("custom");
    }

    @Test
    void nativeHistograms_withAndWithoutOtherBuckets() throws IOException {
        Timer only = Timer.builder("native.only").description("No bounds.").register(registry);
        Timer both = Timer.builder("native.both")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        for (Timer timer : List.of(only, both)) {
            for (long millis : new long[] {0, 900, 1_000, 1_000, 1_001, 8_000}) {
                timer.record(millis, TimeUnit.MILLISECONDS);
            }
        }
        DistributionSummary.builder("native.empty").register(registry);
        DistributionSummary coarse =
                DistributionSummary.builder("native.coarse").register(registry);
        for (int i = 0; i < 9; i++) {
            coarse.record(Math.pow(2, i / 4.0));
        }

        assertPage("native-histograms");
    }

    @Test
    void exemplars_ofCountersBucketsAndNativeHistograms() throws IOException {
        LoomPrometheusRegistry traced = LoomPrometheusRegistry.builder()
                .clock(clock)
                .maxima(false)
                .spanContext(new ScriptedSpans("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"))
                .nativeHistograms(name -> name.startsWith("native."), 2, 8)
                .build();
        clock.add(Duration.ofMillis(1_520_879_607_788L));
        Counter.builder("loom.cost").tag("kind", "draft").register(traced).increment(0.125);
        Timer.builder("loom.objectives")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(traced)
                .record(100, TimeUnit.MILLISECONDS);
        traced.timer("native.only").record(300, TimeUnit.MILLISECONDS);
        Timer.builder("native.both")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(traced)
                .record(300, TimeUnit.MILLISECONDS);

        assertPage("exemplars", traced);
    }

    private void assertPage(String name) throws IOException {
        assertPage(name, registry);
    }

    private static void assertPage(String name, LoomPrometheusRegistry shown) throws IOException {
        String resource = "protobuf/" + name + ".txt";
        try (InputStream golden = GoldenProtobufTest.class.getResourceAsStream(resource)) {
            assertThat(golden).as("%s", resource).isNotNull();
            assertThat(ProtobufPages.of(shown).text().replace(THRESHOLD, "2^-128"))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
