package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A timer with 14 buckets that is looked up by the values of three labels. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerLookedUp {
    @Benchmark
    public void loom(LoomPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.time(words.labels(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.time(words.labels(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.time(words.labels(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.time(words.labels(bits), Draw.nanos(bits));
    }
}
