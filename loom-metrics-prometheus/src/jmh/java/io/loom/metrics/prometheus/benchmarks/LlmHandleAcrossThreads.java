package io.loom.metrics.prometheus.benchmarks;

import io.loom.metrics.LlmCall;
import io.loom.metrics.LlmStream;
import io.loom.metrics.llm.Usage;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Loom's handles of LLM calls, published as in {@link HandleAcrossThreads}. The peers have none: there, it is five meters. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmHandleAcrossThreads {
    @Benchmark
    public void call(LoomPeer peer, Published handles, Draw draw) {
        long bits = draw.next();
        handles.call = peer.startLlm();
        Objects.requireNonNull(handles.call).succeed(Usage.of(Draw.prompt(bits), Draw.completion(bits)));
    }

    @Benchmark
    public void stream(LoomPeer peer, Published handles, Draw draw) {
        long bits = draw.next();
        handles.stream = peer.startStream();
        LlmStream stream = Objects.requireNonNull(handles.stream);
        stream.chunk();
        stream.succeed(Usage.of(Draw.prompt(bits), Draw.completion(bits)));
    }

    /** Where other threads would find the handles. */
    @State(Scope.Thread)
    public static class Published {
        private volatile @Nullable LlmCall call;
        private volatile @Nullable LlmStream stream;
    }
}
