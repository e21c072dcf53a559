package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Loom's handles in a method that they do not leave, where others were ended by other threads before: the compiler no longer
 * takes it for granted that an object need not be made.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimedAfterRivals {
    @Benchmark
    public void httpEvent(LoomPeer peer, RivalEnds rivals, Draw draw) {
        long bits = draw.next();
        peer.timedHttp(Words.ROUTES.get(0), Draw.status(bits));
    }

    @Benchmark
    public void llmEvent(LoomPeer peer, RivalEnds rivals, Draw draw) {
        long bits = draw.next();
        peer.timedLlm(Draw.prompt(bits), Draw.completion(bits));
    }

    @Benchmark
    public void llmStream(LoomPeer peer, RivalEnds rivals, Draw draw) {
        long bits = draw.next();
        peer.timedStream(Draw.prompt(bits), Draw.completion(bits));
    }
}
