package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TimerSeries;
import io.loom.metrics.catalogue.Buckets;
import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A timer whose handle was kept, as {@link TimerHeld}, but with the exponential buckets of a native histogram in place of the 14.
 * What is drawn is too wide for the first schema, so that each side has become coarser by the time that it is measured.
 * Micrometer's registry has no native histograms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NativeTimerHeld {
    private static final int SCHEMA = 5;
    private static final int MAX_BUCKETS = 160;

    @Benchmark
    public void loom(LoomTimer timer, Draw draw) {
        timer.time(Draw.nanos(draw.next()));
    }

    @Benchmark
    public void clientJava(ClientJavaTimer timer, Draw draw) {
        timer.time(Draw.nanos(draw.next()));
    }

    /** Loom's side. */
    @State(Scope.Benchmark)
    public static class LoomTimer {
        private final LoomPrometheusRegistry registry = LoomPrometheusRegistry.builder()
                .nativeHistogram("held.duration", SCHEMA, MAX_BUCKETS)
                .build();
        private final TimerSeries held = LoomMetrics.of(registry)
                .timer("held.duration", Meters.HELP, Buckets.NONE)
                .with();

        void time(long elapsedNanos) {
            held.recordNanos(elapsedNanos);
        }

        void write(OutputStream out) throws IOException {
            registry.scrape(ExpositionFormat.PROTOBUF, out);
        }
    }

    /** client_java's side. */
    @State(Scope.Benchmark)
    public static class ClientJavaTimer {
        private final PrometheusRegistry registry = new PrometheusRegistry();
        private final DistributionDataPoint held = Histogram.builder()
                .name("held_duration_seconds")
                .help(Meters.HELP)
                .nativeOnly()
                .nativeInitialSchema(SCHEMA)
                .nativeMaxNumberOfBuckets(MAX_BUCKETS)
                .withoutExemplars()
                .register(registry)
                .labelValues();

        void time(long elapsedNanos) {
            held.observe(elapsedNanos / Meters.NANOS_PER_SECOND);
        }

        void write(OutputStream out) throws IOException {
            new PrometheusProtobufWriter().write(out, registry.scrape());
        }
    }
}
