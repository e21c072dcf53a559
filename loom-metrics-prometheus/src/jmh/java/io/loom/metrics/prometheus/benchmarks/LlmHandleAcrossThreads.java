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

/**
 * Loom's handles of LLM calls, published as in {@link HandleAcrossThreads}, and what they used, which is kept: its size is not the
 * handle's. The peers have none: there, it is five meters.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LlmHandleAcrossThreads {
    private static final Usage USAGE = Usage.of(120, 300);

    @Benchmark
    public void call(LoomPeer peer, Published handles) {
        handles.call = peer.startLlm();
        Objects.requireNonNull(handles.call).succeed(USAGE);
    }

    @Benchmark
    public void stream(LoomPeer peer, Published handles) {
        handles.stream = peer.startStream();
        LlmStream stream = Objects.requireNonNull(handles.stream);
        stream.chunk();
        stream.succeed(USAGE);
    }

    /** Where other threads would find the handles. */
    @State(Scope.Thread)
    public static class Published {
        private volatile @Nullable LlmCall call;
        private volatile @Nullable LlmStream stream;
    }
}
