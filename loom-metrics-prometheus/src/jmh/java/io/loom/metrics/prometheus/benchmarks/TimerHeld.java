package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A timer with 14 buckets whose handle was kept. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerHeld {
    @Benchmark
    public void loom(LoomPeer peer, Draw draw) {
        peer.time(Draw.nanos(draw.next()));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Draw draw) {
        peer.time(Draw.nanos(draw.next()));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Draw draw) {
        peer.time(Draw.nanos(draw.next()));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Draw draw) {
        peer.time(Draw.nanos(draw.next()));
    }
}
