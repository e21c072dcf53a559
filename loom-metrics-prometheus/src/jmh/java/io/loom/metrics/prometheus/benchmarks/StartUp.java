package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From nothing to the end of the first scrape, in a fresh JVM: loom's meters on loom's registry, and the same meters on
 * Micrometer's.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(20)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartUp {
    @Benchmark
    public String loom() {
        LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
        try (LoomMetrics loom = LoomMetrics.of(registry)) {
            loom.sessions();
            return registry.scrape();
        }
    }

    @Benchmark
    public String micrometer() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (LoomMetrics loom = LoomMetrics.of(registry)) {
            loom.sessions();
            return registry.scrape();
        }
    }
}
