package io.loom.metrics.prometheus.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.catalogue.MeterSpec;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each figure finds its family, and its labels, on a page that has all meters of the catalogue. */
class FigureTest {
    private final MockClock clock = new MockClock();
    private final LoomPrometheusRegistry registry =
            LoomPrometheusRegistry.builder().clock(clock).build();
    private final LiveFigures figures = registry.figures(Duration.ofSeconds(5));

    @Test
    void figures_ofTheCatalogue_haveSamples() {
        Arrays.stream(LoomMeter.values()).forEach(meter -> register(meter.spec()));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);

        Reading reading = figures.read();

        for (Figure figure : Figure.values()) {
            for (Grouping grouping : figure.groupings()) {
                List<Subject> subjects = reading.subjects(grouping);
                assertThat(subjects).as("%s", grouping).hasSize(1);
                assertThat(subjects.get(0).values()).as("%s", grouping).isEqualTo(valuesOf(grouping));
                assertThat(reading.measure(figure, subjects.get(0)) != null)
                        .as("%s by %s has a sample", figure, grouping)
                        .isEqualTo(figure != Figure.BOUND_GC_PAUSE);
            }
        }
    }

    /** Which come first where they are bound. */
    @Test
    void figures_ofTheJvm_areThoseOfBoundMeters() {
        Gauge.builder("jvm.memory.used", () -> 7)
                .baseUnit("bytes")
                .tags("area", "heap", "id", "a")
                .register(registry);
        Gauge.builder("jvm.memory.used", () -> 8)
                .baseUnit("bytes")
                .tags("area", "heap", "id", "b")
                .register(registry);
        Gauge.builder("jvm.memory.used", () -> 9)
                .baseUnit("bytes")
                .tags("area", "nonheap", "id", "c")
                .register(registry);
        Gauge.builder("jvm.threads.live", () -> 3).baseUnit("threads").register(registry);
        registry.timer("jvm.gc.pause", "cause", "x").record(Duration.ofSeconds(2));
        Reading before = figures.read();
        registry.timer("jvm.gc.pause", "cause", "y").record(Duration.ofSeconds(1));
        clock.add(Duration.ofSeconds(10));
        Reading now = figures.read();

        assertThat(Jvm.heapUsed(now)).isEqualTo(15);
        assertThat(Jvm.threads(now)).isEqualTo(3);
        assertThat(Jvm.gcSeconds(now)).isEqualTo(3);
        assertThat(Jvm.gcRatio(new Span(before, now))).isEqualTo(0.1);
    }

    @Test
    void figures_ofTheJvm_withoutMeters_areItsOwn() {
        double collectedBefore = collectedSeconds();
        Reading before = figures.read();
        clock.add(Duration.ofHours(10_000));
        Reading now = figures.read();

        assertThat(Jvm.heapUsed(now)).isPositive();
        assertThat(Jvm.threads(now)).isPositive();
        assertThat(Jvm.gcSeconds(now)).isNotNegative().isBetween(collectedBefore, collectedSeconds());
        assertThat(Jvm.gcRatio(new Span(before, now))).isBetween(0.0, 1.0);
    }

    /** What does not change is kept once. */
    @Test
    void readings_ofIdleGroups_shareThem() {
        registry.counter("http.requests", "method", "GET", "endpoint", "/idle").increment();
        registry.counter("http.requests", "method", "GET", "endpoint", "/busy").increment();
        registry.timer("http.request.duration", "method", "GET", "endpoint", "/busy");
        Subject idle = new Subject(Grouping.ENDPOINT, List.of("GET", "/idle"));
        Subject busy = new Subject(Grouping.ENDPOINT, List.of("GET", "/busy"));
        Reading first = figures.read();
        registry.counter("http.requests", "method", "GET", "endpoint", "/busy").increment();
        Reading second = figures.readAfter(first);

        assertThat(group(second, idle)).isSameAs(group(first, idle));
        assertThat(group(second, busy)).isNotEqualTo(group(first, busy));
        assertThat(second.measure(Figure.HTTP_DURATION, busy)).isSameAs(first.measure(Figure.HTTP_DURATION, busy));
    }

    private static Group group(Reading reading, Subject subject) {
        return reading.in(subject.grouping()).byValues().get(subject.values());
    }

    private static List<String> valuesOf(Grouping grouping) {
        return grouping.keys().stream().map(FigureTest::valueOf).toList();
    }

    private static String valueOf(String key) {
        return key.equals("type") ? "prompt" : key.equals("status") ? "500" : "any " + key;
    }

    private void register(MeterSpec spec) {
        Tags tags = Tags.empty();
        for (String key : spec.labelKeys()) {
            tags = tags.and(key, valueOf(key));
        }
        registerOn(registry, spec, tags);
    }

    private static void registerOn(MeterRegistry registry, MeterSpec spec, Tags tags) {
        switch (spec.kind()) {
            case COUNTER ->
                Counter.builder(spec.name())
                        .baseUnit(spec.baseUnit())
                        .tags(tags)
                        .register(registry);
            case GAUGE ->
                Gauge.builder(spec.name(), () -> 1)
                        .baseUnit(spec.baseUnit())
                        .tags(tags)
                        .register(registry);
            case TIMER -> registry.timer(spec.name(), tags);
            case SUMMARY -> registry.summary(spec.name(), tags);
        }
    }

    private static double collectedSeconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToDouble(collector -> collector.getCollectionTime() / 1_000.0)
                .sum();
    }
}
