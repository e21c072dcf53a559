package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From {@code LoomMetrics.of} to the end of the first scrape, in a fresh JVM: loom's meters on loom's registry, and the same
 * meters on Micrometer's. A round is one start of each.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartUp {
    @Benchmark
    public String loom(LoomRegistry side) {
        side.loom = started(side.registry);
        return side.registry.scrape();
    }

    @Benchmark
    public String micrometer(MicrometerRegistry side) {
        side.loom = started(side.registry);
        return side.registry.scrape();
    }

    private static LoomMetrics started(MeterRegistry registry) {
        LoomMetrics loom = LoomMetrics.of(registry);
        loom.sessions();
        return loom;
    }

    /** Loom's registry. */
    @State(Scope.Benchmark)
    public static class LoomRegistry {
        private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        private @Nullable LoomMetrics loom;

        @TearDown
        public void close() {
            Objects.requireNonNull(loom).close();
        }
    }

    /** Micrometer's. */
    @State(Scope.Benchmark)
    public static class MicrometerRegistry {
        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private @Nullable LoomMetrics loom;

        @TearDown
        public void close() {
            Objects.requireNonNull(loom).close();
        }
    }
}
