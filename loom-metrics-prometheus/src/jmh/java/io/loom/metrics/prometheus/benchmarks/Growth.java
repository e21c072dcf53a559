package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.CounterFamily;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counters with three labels, many of them. */
public final class Growth {
    private static final int VALUES = 100;

    /** Numbers in a row would give tags whose hash codes collide, which is not what is measured here. */
    private static final int SPREAD = 0x9E3779B9;

    private static final int MOST_SERIES = VALUES * VALUES * VALUES;

    private Growth() {}

    /** How many there are, and their labels' values. */
    @State(Scope.Benchmark)
    public static class Series {
        private static final Labels[] VALUES_OF_EACH = IntStream.range(0, VALUES)
                .mapToObj(i -> Integer.toHexString((i + 1) * SPREAD))
                .map(value -> new Labels("genre-" + value, "model-" + value, "outcome-" + value))
                .toArray(Labels[]::new);

        @Param({"1000", "10000", "100000", "1000000"})
        public int series = 1_000;

        /** {@return the labels of one of the series} */
        Labels at(int index) {
            return new Labels(
                    VALUES_OF_EACH[index % VALUES].genre(),
                    VALUES_OF_EACH[index / VALUES % VALUES].model(),
                    VALUES_OF_EACH[index / VALUES / VALUES].outcome());
        }

        void forEach(Consumer<Labels> action) {
            for (int i = 0; i < series; i++) {
                action.accept(at(i));
            }
        }

        Labels any(long bits) {
            return at(Draw.index(bits, series));
        }
    }

    /** Loom's side, with limits that admit them all. */
    @State(Scope.Benchmark)
    public static class LoomCounters {
        final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        private final LoomMetrics loom = LoomMetrics.builder(registry)
                .valueBudget(VALUES)
                .seriesLimit(MOST_SERIES)
                .build();
        private final CounterFamily counters = loom.counter("many", Meters.HELP, "genre", "model", "outcome");

        @Setup
        public void register(Series series) {
            series.forEach(this::count);
            Settled.settle();
        }

        void count(Labels labels) {
            counters.with(labels.genre(), labels.model(), labels.outcome()).increment();
        }
    }

    /** Micrometer's side. */
    @State(Scope.Benchmark)
    public static class MicrometerCounters {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final MeterProvider<Counter> counters = Counter.builder("many").withRegistry(registry);

        @Setup
        public void register(Series series) {
            series.forEach(this::count);
            Settled.settle();
        }

        void count(Labels labels) {
            counters.withTags("genre", labels.genre(), "model", labels.model(), "outcome", labels.outcome())
                    .increment();
        }
    }

    /** client_java's side. */
    @State(Scope.Benchmark)
    public static class ClientJavaCounters {
        final PrometheusRegistry registry = new PrometheusRegistry();
        private final io.prometheus.metrics.core.metrics.Counter counters =
                io.prometheus.metrics.core.metrics.Counter.builder()
                        .name("many")
                        .help(Meters.HELP)
                        .labelNames("genre", "model", "outcome")
                        .withoutExemplars()
                        .register(registry);

        @Setup
        public void register(Series series) {
            series.forEach(this::count);
            Settled.settle();
        }

        void count(Labels labels) {
            counters.labelValues(labels.genre(), labels.model(), labels.outcome())
                    .inc();
        }
    }

    /** OpenTelemetry's side, with a limit that admits them all. */
    @State(Scope.Benchmark)
    public static class OpenTelemetryCounters {
        private static final AttributeKey<String> GENRE = AttributeKey.stringKey("genre");
        private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");
        private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

        final PrometheusRegistry registry = new PrometheusRegistry();
        private final LongCounter counters = OpenTelemetryPageWriter.readBy(registry, MOST_SERIES + 1)
                .get("benchmarks")
                .counterBuilder("many")
                .setDescription(Meters.HELP)
                .build();

        @Setup
        public void register(Series series) {
            series.forEach(this::count);
            Settled.settle();
        }

        void count(Labels labels) {
            counters.add(1, Attributes.of(GENRE, labels.genre(), MODEL, labels.model(), OUTCOME, labels.outcome()));
        }
    }
}
