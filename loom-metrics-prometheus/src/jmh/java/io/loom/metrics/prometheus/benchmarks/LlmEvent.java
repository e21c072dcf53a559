package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * A whole LLM call to one of twelve models, by each side as its manual shows it: loom's handles are kept, one a model; the others
 * look up the labels of each meter. {@link LlmEventHeld} has what they take if they keep five handles a model, too. The elapsed
 * time is passed in.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmEvent {
    @Benchmark
    public void loom(LoomPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(index(bits), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Words.MODELS.get(index(bits)), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Words.MODELS.get(index(bits)), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Draw draw) {
        long bits = draw.next();
        peer.llm(Words.MODELS.get(index(bits)), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    private static int index(long bits) {
        return Draw.index(bits, Words.MODELS.size());
    }
}
