package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A whole LLM call with handles that were kept, for which each side reads its clock twice or more. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmEventTimed {
    @Benchmark
    public void loom(LoomPeer peer, Draw draw) {
        long bits = draw.next();
        peer.timedLlm(Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Draw draw) {
        long bits = draw.next();
        peer.timedLlm(Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Draw draw) {
        long bits = draw.next();
        peer.timedLlm(Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Draw draw) {
        long bits = draw.next();
        peer.timedLlm(Draw.prompt(bits), Draw.completion(bits));
    }
}
