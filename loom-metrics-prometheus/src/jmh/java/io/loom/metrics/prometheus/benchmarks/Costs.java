package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** What the other rows contain beside the work itself: random draws, and readings of the clock. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Costs {
    /** What each side pays for the parts of an HTTP event. */
    @Benchmark
    public long draw(Words words, Draw draw, Blackhole blackhole) {
        long bits = draw.next();
        blackhole.consume(words.route(bits));
        return Draw.nanos(bits) + Draw.status(bits);
    }

    /** What an event pays that is timed for real. */
    @Benchmark
    public long clockReadTwice() {
        long start = System.nanoTime();
        return System.nanoTime() - start;
    }
}
