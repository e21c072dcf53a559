package io.loom.metrics.prometheus.differential;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Random registrations and recordings, the same for the same seed, on any registry. Every type of meter, names and tags that
 * need cleaning and escaping. The names of two meters are never written the same: such clashes have tests of their own.
 */
final class RandomWork {
    private static final String[] NAMES = {
        "plain", "two.words", "Mixed.Case", "with-dash", "with space", "sl/ash", "colon:ed", "9digit", "命中率",
                "\uD83D\uDC09",
        "é", "a..b", "_under", "quo\"te", "per%cent", "seconds", "bytes.used", "totals", "bucketed", "информ"
    };
    private static final String[] KEYS = {"kind", "two.words", "Mixed", "with-dash", "9th", "命", "_x", "a b"};
    private static final String[] VALUES = {
        "plain",
        "",
        " ",
        "quo\"te",
        "back\\slash",
        "new\nline",
        "tab\t",
        "\uD83D\uDC09 dragon",
        "命中率",
        "é",
        "{brace}",
        "a=b,c",
        "\\n",
        "\"",
        "\\",
        "'",
        "#",
        "\u0000",
        "\u2028",
        "x".repeat(300)
    };
    /** Function meters hold their object weakly. */
    private static final Object KEPT = RandomWork.class;

    private static final String[] UNITS = {"bytes", "usd", "seconds", "with space"};

    private static final int KINDS = 14;

    private final Random random;
    private final MeterRegistry registry;

    private RandomWork(long seed, MeterRegistry registry) {
        this.random = new Random(seed);
        this.registry = registry;
    }

    static void on(MeterRegistry registry, long seed, int meters) {
        RandomWork work = new RandomWork(seed, registry);
        for (int number = 0; number < meters; number++) {
            work.family(number);
        }
    }

    /** {@return what is the same of a meter that is named so on the page: its number is the first thing in the name} */
    static Normaliser normaliser(String sample) {
        int number = Integer.parseInt(sample.substring(1, sample.indexOf('_')));
        return switch (number % KINDS) {
            case 0 -> Normaliser.COUNTER;
            case 1 -> Normaliser.GAUGE;
            case 2, 3, 4, 5 -> Normaliser.TIMER;
            case 6, 7 -> Normaliser.SUMMARY;
            case 8, 9 -> Normaliser.LONG_TASK_TIMER;
            case 10 -> Normaliser.FUNCTIONS;
            case 11 -> Normaliser.CUSTOM;
            case 12 -> Normaliser.MULTI_GAUGE;
            default -> Normaliser.INFO;
        };
    }

    /** Some series of one name, one type and one set of tag keys. */
    private void family(int number) {
        String name = "m" + number + '.' + pick(NAMES) + (random.nextInt(4) == 0 ? ".x" + number : "");
        List<String> keys = keys();
        String unit = random.nextInt(3) == 0 ? pick(UNITS) : null;
        String help = random.nextBoolean() ? "What " + pick(VALUES) + " means." : null;
        int kind = number % KINDS;
        int series = 1 + random.nextInt(4);
        for (int i = 0; i < series; i++) {
            one(kind, name, unit, help, tags(keys, i));
        }
    }

    private void one(int kind, String name, String unit, String help, Tags tags) {
        switch (kind) {
            case 0 ->
                record(Counter.builder(name)
                        .baseUnit(unit)
                        .description(help)
                        .tags(tags)
                        .register(registry));
            case 1 -> gauge(name, unit, help, tags);
            case 2 -> record(Timer.builder(name).description(help).tags(tags).register(registry));
            case 3 ->
                record(Timer.builder(name)
                        .description(help)
                        .tags(tags)
                        .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(3))
                        .register(registry));
            case 4 ->
                record(Timer.builder(name)
                        .description(help)
                        .tags(tags)
                        .publishPercentileHistogram()
                        .register(registry));
            case 5 ->
                record(Timer.builder(name)
                        .description(help)
                        .tags(tags)
                        .publishPercentiles(.5, .95, 1)
                        .register(registry));
            case 6 ->
                record(DistributionSummary.builder(name)
                        .baseUnit(unit)
                        .description(help)
                        .tags(tags)
                        .serviceLevelObjectives(1, 10, 1e3, 1e7)
                        .scale(random.nextBoolean() ? 1 : 4)
                        .register(registry));
            case 7 ->
                record(DistributionSummary.builder(name)
                        .baseUnit(unit)
                        .description(help)
                        .tags(tags)
                        .publishPercentiles(.5)
                        .register(registry));
            case 8 ->
                longTasks(
                        LongTaskTimer.builder(name).description(help).tags(tags).register(registry));
            case 9 ->
                longTasks(LongTaskTimer.builder(name)
                        .description(help)
                        .tags(tags)
                        .serviceLevelObjectives(Duration.ofSeconds(1), Duration.ofMinutes(5))
                        .register(registry));
            case 10 -> functions(name, help, tags);
            case 11 -> custom(name, help, tags);
            case 12 -> rows(name, help, tags);
            default ->
                Gauge.builder(name + ".info", () -> 1)
                        .description(help)
                        .tags(tags)
                        .register(registry);
        }
    }

    private void record(Counter counter) {
        for (int i = random.nextInt(20); i > 0; i--) {
            counter.increment(random.nextBoolean() ? 1 + random.nextInt(1000) : random.nextDouble());
        }
    }

    private void gauge(String name, String unit, String help, Tags tags) {
        double[] odd = {0, -0.0, -1.5, 1e21, 1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1L << 53};
        double value = random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextGaussian();
        Gauge.builder(name, () -> value)
                .baseUnit(unit)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private void record(Timer timer) {
        for (int i = random.nextInt(30); i > 0; i--) {
            timer.record((long) Math.exp(random.nextDouble() * 24), TimeUnit.NANOSECONDS);
        }
    }

    /** Whole amounts: Micrometer puts fractions into the wrong bucket, which has a test of its own. */
    private void record(DistributionSummary summary) {
        for (int i = random.nextInt(30); i > 0; i--) {
            summary.record(Math.floor(Math.exp(random.nextDouble() * 18)));
        }
    }

    private void longTasks(LongTaskTimer timer) {
        for (int i = random.nextInt(4); i > 0; i--) {
            timer.start();
        }
    }

    private void functions(String name, String help, Tags tags) {
        double count = random.nextInt(1000);
        double total = random.nextDouble() * 1e6;
        FunctionCounter.builder(name + ".calls", KEPT, same -> count)
                .description(help)
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(name + ".work", KEPT, same -> (long) count, same -> total, TimeUnit.MILLISECONDS)
                .description(help)
                .tags(tags)
                .register(registry);
        TimeGauge.builder(name + ".lag", () -> total, TimeUnit.MILLISECONDS)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private void custom(String name, String help, Tags tags) {
        double value = random.nextInt(1000);
        List<Measurement> measurements = Arrays.stream(Statistic.values())
                .map(statistic -> new Measurement(() -> value + statistic.name().length(), statistic))
                .toList();
        Meter.builder(name, Meter.Type.OTHER, measurements)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private void rows(String name, String help, Tags tags) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        DoubleStream values = random.doubles(3);
        values.forEach(value -> rows.add(MultiGauge.Row.of(Tags.of("row", Double.toString(value)), value)));
        MultiGauge.builder(name).description(help).tags(tags).register(registry).register(rows);
    }

    private List<String> keys() {
        return random.ints(random.nextInt(4), 0, KEYS.length)
                .distinct()
                .mapToObj(i -> KEYS[i])
                .toList();
    }

    /** The first tag tells the series apart. */
    private Tags tags(List<String> keys, int number) {
        Stream<Tag> others = keys.stream().map(key -> Tag.of(key, pick(VALUES)));
        return Tags.of("series", Integer.toString(number)).and(others.toList());
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }
}
