package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A counter that is looked up by the values of three labels. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CounterLookedUp {
    @Benchmark
    public void loom(LoomPeer peer, Words words, Draw draw) {
        peer.count(words.labels(draw.next()));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Words words, Draw draw) {
        peer.count(words.labels(draw.next()));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Words words, Draw draw) {
        peer.count(words.labels(draw.next()));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Words words, Draw draw) {
        peer.count(words.labels(draw.next()));
    }
}
