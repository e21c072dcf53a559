package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * A whole LLM call of one model, for which every side keeps all of its handles: loom one, the others five or six. The elapsed
 * time is passed in.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmEventHeld {
    @Benchmark
    public void loom(LoomPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }
}
