package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A whole HTTP request: in progress, counted by status, duration. The elapsed time is passed in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HttpEvent {
    @Benchmark
    public void loom(LoomPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.http(words.route(bits), Draw.status(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.http(words.route(bits), Draw.status(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.http(words.route(bits), Draw.status(bits), Draw.nanos(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.http(words.route(bits), Draw.status(bits), Draw.nanos(bits));
    }
}
