package io.loom.metrics.prometheus.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/**
 * How far apart two processors are: one cache line to the other and back. A host may give a virtual machine two that share a
 * cache, or two that do not, and change its mind. Whatever two threads read and write depends on it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOver {
    @Benchmark
    @Group("thereAndBack")
    @GroupThreads(1)
    public void there(Line line, Control control) {
        line.hand(false, control);
    }

    @Benchmark
    @Group("thereAndBack")
    @GroupThreads(1)
    public void back(Line line, Control control) {
        line.hand(true, control);
    }

    /** Who has it. */
    @State(Scope.Group)
    public static class Line {
        private final AtomicBoolean there = new AtomicBoolean();

        void hand(boolean from, Control control) {
            while (there.get() != from && !control.stopMeasurement) {
                Thread.onSpinWait();
            }
            there.set(!from);
        }
    }
}
