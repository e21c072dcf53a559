package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.exposition.ProtobufPage;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random meters with names, labels, descriptions and values of every kind: the generated parser reads the page, and finds what
 * the text page has.
 */
class ProtobufFuzzTest {
    private static final int METERS = 400;
    private static final double[] VALUES = {
        0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL / 3,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        (1L << 53) - 1,
        1L << 53,
        (1L << 53) + 2,
        Long.MAX_VALUE,
        0.1,
        1e21
    };
    private static final int[] CHARACTERS = {
        0, 1, '\t', '\n', '\r', ' ', '"', '\\', '=', ',', '{', '}', 'a', 'n', '0', 0x7f, 0x85, 0xe9, 0x2028, 0xfeff,
        0xffff, 0xd800, 0xdfff
    };

    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
            .clock(clock)
            .nativeHistograms(name -> name.hashCode() % 2 == 0, 5, 40)
            .build();
    private final List<Double> gaugeValues = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void page_ofRandomMeters_hasWhatTheTextPageHas(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < METERS; i++) {
            register(random, i);
        }

        ProtobufPage protobuf = ProtobufPages.of(registry);
        TextPage text = TextPage.parse(registry.scrape());
        assertThat(protobuf.samples()).hasSizeGreaterThan(METERS);
        text.samples()
                .forEach((series, value) -> assertThat(bits(protobuf.samples(), series))
                        .as("%s", series)
                        .isEqualTo(Double.doubleToLongBits(value)));
        protobuf.samples().keySet().forEach(series -> assertThat(text.samples()).containsKey(series));
        text.families()
                .values()
                .forEach(family -> assertThat(
                                protobuf.families().get(family.name()).help())
                        .isEqualTo(family.help()));
        for (int i = 0; i < gaugeValues.size(); i++) {
            assertThat(Double.doubleToLongBits(protobuf.value("fuzz_gauge", "i", "" + i)))
                    .isEqualTo(Double.doubleToLongBits(gaugeValues.get(i)));
        }
    }

    private void register(Random random, int i) {
        String name = random.nextInt(4) == 0 ? "fuzz." + text(random) : "fuzz." + random.nextInt(20);
        Tags tags = Tags.of(Tag.of("i", "" + i), Tag.of("k" + text(random), text(random)));
        String help = random.nextBoolean() ? text(random) : null;
        switch (random.nextInt(6)) {
            case 0 -> {
                Counter counter = Counter.builder("c." + name)
                        .tags(tags)
                        .description(help)
                        .register(registry);
                counter.increment(Math.abs(value(random)));
                counter.increment(random.nextInt(5));
            }
            case 1 -> {
                double value = value(random);
                gaugeValues.add(value);
                Gauge.builder("fuzz.gauge", () -> value)
                        .tag("i", "" + (gaugeValues.size() - 1))
                        .description(help)
                        .register(registry);
            }
            case 2 -> {
                Timer timer = Timer.builder("t." + name)
                        .tags(tags)
                        .description(help)
                        .serviceLevelObjectives(objectives(name))
                        .register(registry);
                for (int j = random.nextInt(20); j > 0; j--) {
                    timer.record(random.nextLong() >>> (1 + random.nextInt(62)), TimeUnit.NANOSECONDS);
                }
            }
            case 3 -> {
                DistributionSummary summary = DistributionSummary.builder("s." + name)
                        .tags(tags)
                        .description(help)
                        .register(registry);
                for (int j = random.nextInt(60); j > 0; j--) {
                    summary.record(random.nextBoolean() ? Math.abs(value(random)) : random.nextDouble());
                }
            }
            case 4 ->
                FunctionCounter.builder("f." + name, this, test -> value(new Random(i)))
                        .tags(tags)
                        .description(help)
                        .register(registry);
            default ->
                FunctionTimer.builder(
                                "ft." + name,
                                this,
                                test -> Long.MAX_VALUE,
                                test -> value(new Random(i)),
                                TimeUnit.SECONDS)
                        .tags(tags)
                        .description(help)
                        .register(registry);
        }
    }

    private static long bits(Map<TextPage.Series, Double> samples, TextPage.Series series) {
        assertThat(samples).containsKey(series);
        return Double.doubleToLongBits(samples.get(series));
    }

    /** Of one name the same, or the second meter would clash with the first. */
    private static Duration[] objectives(String name) {
        return name.hashCode() % 3 == 0
                ? new Duration[] {Duration.ofNanos(1), Duration.ofMillis(1), Duration.ofDays(10_000)}
                : new Duration[0];
    }

    private static double value(Random random) {
        return random.nextBoolean()
                ? VALUES[random.nextInt(VALUES.length)]
                : Double.longBitsToDouble(random.nextLong());
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(
                    random.nextBoolean()
                            ? CHARACTERS[random.nextInt(CHARACTERS.length)]
                            : random.nextInt(Character.MAX_CODE_POINT + 1));
        }
        return text.toString();
    }
}
