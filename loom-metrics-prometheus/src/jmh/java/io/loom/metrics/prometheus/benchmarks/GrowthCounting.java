package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A counter that is looked up among many. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrowthCounting {
    @Benchmark
    public void loom(Growth.LoomCounters counters, Growth.Series series, Draw draw) {
        counters.count(series.any(draw.next()));
    }

    @Benchmark
    public void micrometer(Growth.MicrometerCounters counters, Growth.Series series, Draw draw) {
        counters.count(series.any(draw.next()));
    }

    @Benchmark
    public void clientJava(Growth.ClientJavaCounters counters, Growth.Series series, Draw draw) {
        counters.count(series.any(draw.next()));
    }

    @Benchmark
    public void openTelemetry(Growth.OpenTelemetryCounters counters, Growth.Series series, Draw draw) {
        counters.count(series.any(draw.next()));
    }
}
