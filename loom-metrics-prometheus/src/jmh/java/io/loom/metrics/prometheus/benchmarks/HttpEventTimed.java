package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A whole HTTP request for which each side reads its clock twice or more. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HttpEventTimed {
    @Benchmark
    public void loom(LoomPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.timedHttp(words.route(bits), Draw.status(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.timedHttp(words.route(bits), Draw.status(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.timedHttp(words.route(bits), Draw.status(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.timedHttp(words.route(bits), Draw.status(bits));
    }
}
