package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the other rows contain beside the work itself: random draws, the prepared clock, and real readings of the clock. */
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

    /** What loom pays for an elapsed time that is passed in by the clock. */
    @Benchmark
    public long preparedClock(Prepared prepared, Draw draw) {
        long start = prepared.clock.monotonicTime();
        prepared.clock.advance(Draw.nanos(draw.next()));
        return prepared.clock.monotonicTime() - start;
    }

    /** What an event pays that is timed for real. */
    @Benchmark
    public long clockReadTwice() {
        long start = System.nanoTime();
        return System.nanoTime() - start;
    }

    /** The clock of {@link LoomPeer}. */
    @State(Scope.Benchmark)
    public static class Prepared {
        private final PreparedClock clock = new PreparedClock();
    }
}
