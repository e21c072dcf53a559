package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A counter whose handle was kept. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CounterHeld {
    @Benchmark
    public void loom(LoomPeer peer) {
        peer.count();
    }

    @Benchmark
    public void micrometer(MicrometerPeer peer) {
        peer.count();
    }

    @Benchmark
    public void clientJava(ClientJavaPeer peer) {
        peer.count();
    }

    @Benchmark
    public void openTelemetry(OpenTelemetryPeer peer) {
        peer.count();
    }

    @Benchmark
    public void longAdder(Floors floors) {
        floors.adder.increment();
    }

    @Benchmark
    public void threadLocalCell(Floors floors) {
        floors.cell.get()[Floors.MIDDLE]++;
    }

    /** What nobody who counts from many threads gets below. */
    @State(Scope.Benchmark)
    public static class Floors {
        private static final int MIDDLE = 16; // longs: no line is shared

        private final LongAdder adder = new LongAdder();
        private final ThreadLocal<long[]> cell = ThreadLocal.withInitial(() -> new long[2 * MIDDLE]);
    }
}
