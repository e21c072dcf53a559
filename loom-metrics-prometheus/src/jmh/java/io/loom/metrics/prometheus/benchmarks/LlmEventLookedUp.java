package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A whole LLM call of a provider and model that are looked up. The elapsed time is passed in. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmEventLookedUp {
    @Benchmark
    public void loom(LoomPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.llm(words.model(bits), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.llm(words.model(bits), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.llm(words.model(bits), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer, Words words, Draw draw) {
        long bits = draw.next();
        peer.llm(words.model(bits), Draw.nanos(bits), Draw.prompt(bits), Draw.completion(bits));
    }
}
