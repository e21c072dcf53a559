package io.loom.metrics.prometheus.fuzz;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Registers meters of any type with nonsense in all that they are given, and remembers what a page must show of them. */
final class RandomMeters {
    /** A tag that no other meter has the same value of. */
    static final String NUMBER = "number";

    private static final double[] ODD_VALUES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        (1L << 53) - 1,
        1L << 53,
        (1L << 53) + 2,
        -(1L << 53) - 2,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1e21,
        1e-7,
        1e23,
        0.1,
        1.0 / 3
    };
    private static final long[] ODD_COUNTS = {
        0, 1, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private final MeterRegistry registry;
    private final Random random;
    private final RandomText text;
    private final List<Expected> expected = new ArrayList<>();

    RandomMeters(MeterRegistry registry, long seed) {
        this.registry = registry;
        this.random = new Random(seed);
        this.text = new RandomText(random);
    }

    /** {@return what the meters must show, in the order of their registration} */
    List<Expected> expected() {
        return expected;
    }

    void register(int meters) {
        for (int i = 0; i < meters; i++) {
            Map<String, String> labels = new HashMap<>();
            List<Tag> tags = new ArrayList<>(List.of(Tag.of(NUMBER, Integer.toString(i))));
            for (int tag = random.nextInt(4); tag > 0; tag--) {
                labels.putIfAbsent(text.next(6), text.next(20));
            }
            labels.forEach((key, value) -> tags.add(Tag.of(key, value)));
            List<String> values =
                    labels.values().stream().map(RandomText::onPage).sorted().toList();
            String help = random.nextInt(4) == 0 ? null : text.next(30);
            register(i, name(i), Tags.of(tags), values, help);
        }
    }

    private String name(int number) {
        return random.nextBoolean() ? text.next(8) : "fuzz" + number + text.next(4);
    }

    private void register(int number, String name, Tags tags, List<String> values, String help) {
        switch (random.nextInt(9)) {
            case 0 -> counter(number, name, tags, values, help);
            case 1 -> functionCounter(number, name, tags, values, help);
            case 2 -> gauge(number, name, tags, values, help);
            case 3 -> info(number, name, tags, values, help);
            case 4, 5 -> timer(number, name, tags, values, help);
            case 6 -> summary(number, name, tags, values, help);
            case 7 -> functionTimer(number, name, tags, values, help);
            default -> tasks(number, name, tags, values, help);
        }
    }

    private void counter(int number, String name, Tags tags, List<String> values, String help) {
        Counter counter = Counter.builder(name)
                .tags(tags)
                .description(help)
                .baseUnit(unit())
                .register(registry);
        for (int i = random.nextInt(5); i > 0; i--) {
            counter.increment(random.nextBoolean() ? value() : count());
        }
        expect(counter, number, values, help, Map.of("_total", counter.count()));
    }

    private void functionCounter(int number, String name, Tags tags, List<String> values, String help) {
        double value = value();
        FunctionCounter counter = FunctionCounter.builder(name, this, state -> value)
                .tags(tags)
                .description(help)
                .register(registry);
        expect(counter, number, values, help, Map.of("_total", value));
    }

    private void gauge(int number, String name, Tags tags, List<String> values, String help) {
        double value = value();
        Gauge gauge = Gauge.builder(name, () -> value)
                .strongReference(true)
                .tags(tags)
                .description(help)
                .baseUnit(unit())
                .register(registry);
        expect(gauge, number, values, help, Map.of("", name.endsWith(".info") ? 1 : value));
    }

    private void info(int number, String name, Tags tags, List<String> values, String help) {
        Gauge gauge = Gauge.builder(name + ".info", () -> 1)
                .tags(tags)
                .description(help)
                .register(registry);
        expect(gauge, number, values, help, Map.of("_info", 1.0));
    }

    private void functionTimer(int number, String name, Tags tags, List<String> values, String help) {
        long calls = random.nextInt(4) == 0 ? -1 : count();
        double total = value();
        FunctionTimer timer = FunctionTimer.builder(name, this, state -> calls, state -> total, TimeUnit.SECONDS)
                .tags(tags)
                .description(help)
                .register(registry);
        double seconds = timer.totalTime(TimeUnit.SECONDS);
        expect(timer, number, values, help, Map.of("_count", (double) (long) timer.count(), "_sum", seconds));
    }

    private void tasks(int number, String name, Tags tags, List<String> values, String help) {
        LongTaskTimer timer = LongTaskTimer.builder(name)
                .tags(tags)
                .description(help)
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        int tasks = random.nextInt(3);
        for (int i = 0; i < tasks; i++) {
            timer.start();
        }
        expect(timer, number, values, help, Map.of("_gcount", (double) tasks, "_gsum", 0.0));
    }

    private void timer(int number, String name, Tags tags, List<String> values, String help) {
        Timer timer = Timer.builder(name)
                .tags(tags)
                .description(help)
                .serviceLevelObjectives(random.nextBoolean() ? new Duration[0] : new Duration[] {Duration.ofNanos(1)})
                .register(registry);
        BigInteger sum = BigInteger.ZERO;
        int records = random.nextInt(4);
        for (int i = 0; i < records; i++) {
            long nanos = random.nextBoolean() ? count() : random.nextLong() >>> 1 >>> random.nextInt(62);
            timer.record(nanos, TimeUnit.NANOSECONDS);
            sum = sum.add(BigInteger.valueOf(nanos)).min(BigInteger.valueOf(Long.MAX_VALUE));
        }
        double seconds = new BigDecimal(sum).movePointLeft(9).doubleValue();
        expect(timer, number, values, help, Map.of("_count", (double) records, "_sum", seconds));
    }

    private void summary(int number, String name, Tags tags, List<String> values, String help) {
        DistributionSummary summary = DistributionSummary.builder(name)
                .tags(tags)
                .description(help)
                .baseUnit(unit())
                .serviceLevelObjectives(Double.MIN_VALUE, 0.5, Double.MAX_VALUE)
                .register(registry);
        for (int i = random.nextInt(4); i > 0; i--) {
            summary.record(value());
        }
        Map<String, Double> shown = Map.of("_count", (double) summary.count(), "_sum", summary.totalAmount());
        expect(summary, number, values, help, shown);
    }

    private void expect(Meter meter, int number, List<String> values, String help, Map<String, Double> shown) {
        expected.add(new Expected(meter.getId(), Integer.toString(number), values, help, shown));
    }

    private String unit() {
        return random.nextInt(3) == 0 ? text.next(5) : null;
    }

    private double value() {
        return random.nextBoolean()
                ? ODD_VALUES[random.nextInt(ODD_VALUES.length)]
                : Double.longBitsToDouble(random.nextLong());
    }

    private long count() {
        return ODD_COUNTS[random.nextInt(ODD_COUNTS.length)];
    }

    /**
     * What a page must show of a meter.
     *
     * @param number the value of {@link #NUMBER}
     * @param values of the other labels, sorted
     * @param samples by the end of their names
     */
    record Expected(Meter.Id id, String number, List<String> values, String help, Map<String, Double> samples) {}
}
