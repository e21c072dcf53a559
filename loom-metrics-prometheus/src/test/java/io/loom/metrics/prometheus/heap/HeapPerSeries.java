package io.loom.metrics.prometheus.heap;

import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures the bytes of heap that one series takes: the used heap after collections, with 20,000 series and without. Each has
 * two labels and has recorded once. It is registered by a builder, or by name as in {@code registry.counter("x", "k", "v")}.
 * Prints a line for each kind and library: {@code counter by name loom 488}. Wants a JVM of its own.
 */
final class HeapPerSeries {
    private static final int SERIES = 20_000;
    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120};
    private static final Duration[] DURATIONS = Arrays.stream(BOUNDS)
            .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
            .toArray(Duration[]::new);

    private HeapPerSeries() {}

    public static void main(String[] args) {
        print("counter client_java", HeapPerSeries::clientCounters);
        print("timer client_java", HeapPerSeries::clientHistograms);
        registries().forEach((library, registry) -> {
            print("counter " + library, () -> counters(registry.get()));
            print("counter by name " + library, () -> countersByName(registry.get()));
            print("timer " + library, () -> timers(registry.get()));
            print("timer by name " + library, () -> timersByName(registry.get()));
        });
    }

    private static Map<String, Supplier<MeterRegistry>> registries() {
        return Map.of(
                "micrometer",
                () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "loom",
                LoomPrometheusRegistry::new);
    }

    private static void print(String what, Supplier<Object> series) {
        UsedHeap.with(series.get()); // classes and caches that are there once, however many series follow
        long before = UsedHeap.with("nothing");
        long after = UsedHeap.with(series.get());
        System.out.println(what + ' ' + Math.round((after - before) / (double) SERIES));
    }

    private static Object counters(MeterRegistry registry) {
        for (int i = 0; i < SERIES; i++) {
            Counter.builder("requests")
                    .tag("user", "user-" + i)
                    .tag("kind", "outline")
                    .register(registry)
                    .increment();
        }
        return registry;
    }

    private static Object countersByName(MeterRegistry registry) {
        for (int i = 0; i < SERIES; i++) {
            registry.counter("requests", "user", "user-" + i, "kind", "outline").increment();
        }
        return registry;
    }

    private static Object timersByName(MeterRegistry registry) {
        registry.config().meterFilter(new Bounds());
        for (int i = 0; i < SERIES; i++) {
            registry.timer("duration", "user", "user-" + i, "kind", "outline").record(Duration.ofMillis(3));
        }
        return registry;
    }

    private static Object timers(MeterRegistry registry) {
        for (int i = 0; i < SERIES; i++) {
            Timer.builder("duration")
                    .serviceLevelObjectives(DURATIONS)
                    .tag("user", "user-" + i)
                    .tag("kind", "outline")
                    .register(registry)
                    .record(Duration.ofMillis(3));
        }
        return registry;
    }

    private static Object clientCounters() {
        PrometheusRegistry registry = new PrometheusRegistry();
        var requests = io.prometheus.metrics.core.metrics.Counter.builder()
                .name("requests")
                .labelNames("user", "kind")
                .withoutExemplars()
                .register(registry);
        for (int i = 0; i < SERIES; i++) {
            requests.labelValues("user-" + i, "outline").inc();
        }
        return List.of(registry, requests);
    }

    private static Object clientHistograms() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Histogram duration = Histogram.builder()
                .name("duration")
                .classicOnly()
                .classicUpperBounds(BOUNDS)
                .labelNames("user", "kind")
                .withoutExemplars()
                .register(registry);
        for (int i = 0; i < SERIES; i++) {
            duration.labelValues("user-" + i, "outline").observe(.003);
        }
        return List.of(registry, duration);
    }

    /** Gives all timers the buckets, written as Micrometer's documentation does: each has a configuration of its own. */
    private static final class Bounds implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            double[] nanos =
                    Arrays.stream(DURATIONS).mapToDouble(Duration::toNanos).toArray();
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(nanos)
                    .build()
                    .merge(config);
        }
    }
}
