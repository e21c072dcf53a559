package io.loom.metrics.prometheus.benchmarks;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A scrape of many counters. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GrowthScrape {
    @Benchmark
    public long loom(Growth.LoomCounters counters, Growth.Series series) throws IOException {
        CountingSink sink = new CountingSink();
        counters.registry.scrape(sink);
        return sink.bytes();
    }

    @Benchmark
    public long micrometer(Growth.MicrometerCounters counters, Growth.Series series) throws IOException {
        CountingSink sink = new CountingSink();
        counters.registry.scrape(sink);
        return sink.bytes();
    }

    @Benchmark
    public long clientJava(Growth.ClientJavaCounters counters, Growth.Series series) throws IOException {
        CountingSink sink = new CountingSink();
        PrometheusTextFormatWriter.create().write(sink, counters.registry.scrape());
        return sink.bytes();
    }

    @Benchmark
    public long openTelemetry(Growth.OpenTelemetryCounters counters, Growth.Series series) throws IOException {
        CountingSink sink = new CountingSink();
        PrometheusTextFormatWriter.create().write(sink, counters.registry.scrape());
        return sink.bytes();
    }
}
