package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Interleavings of recording, a table that is full and followed by a coarser one, and reads. */
class ExponentialCellLincheckTest {
    @Test
    void count_whileTheSchemaCoarsens_isLinearizable() {
        options().check(Coarsening.class);
    }

    @Test
    void count_movedFromTableToTable_isFoundToBeLost() {
        assertThatThrownBy(() -> options().iterations(100).check(Moving.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2)
                .actorsAfter(2)
                .iterations(8)
                .invocationsPerIteration(100)
                .loopIterationsBeforeThreadSwitch(100) // a read passes by all slots
                .sequentialSpecification(Count.class);
    }

    public static class Count {
        private long count;

        public void record(int octave) {
            count++;
        }

        public long count() {
            return count;
        }
    }

    /** All but one of the buckets that there may be are taken already. */
    @Param(name = "octave", gen = IntGen.class, conf = "1:3")
    public static class Coarsening {
        private static final int BUCKETS = 8;

        private final ExponentialCell cell = new ExponentialCell(new ExponentialLayout(0, BUCKETS));
        private final ExponentialBuckets seeds = new ExponentialBuckets();
        private final long before;

        public Coarsening() {
            for (int i = 1; i < BUCKETS; i++) {
                cell.record(Math.scalb(1.0, 10 + i));
            }
            seeds.read(cell);
            before = seeds.count();
        }

        @Operation
        public void record(@Param(name = "octave") int octave) {
            cell.record(Math.scalb(1.0, octave));
        }

        @Operation
        public long count() {
            ExponentialBuckets now = new ExponentialBuckets();
            now.read(cell);
            return now.count() - before;
        }
    }

    /** The weakened twin: whoever needs a coarser table moves the counts into it. */
    @Param(name = "octave", gen = IntGen.class, conf = "1:3")
    public static class Moving {
        private final AtomicReference<AtomicIntegerArray> table = new AtomicReference<>(new AtomicIntegerArray(4));

        @Operation
        public void record(@Param(name = "octave") int octave) {
            AtomicIntegerArray counts = table.get();
            if (octave == 1 && counts.length() == 4) {
                AtomicIntegerArray coarser = new AtomicIntegerArray(1);
                for (int i = 1; i < 4; i++) {
                    coarser.addAndGet(0, counts.get(i));
                }
                table.compareAndSet(counts, coarser);
                counts = table.get();
            }
            counts.incrementAndGet(counts.length() == 4 ? octave : 0);
        }

        @Operation
        public long count() {
            AtomicIntegerArray counts = table.get();
            long count = 0;
            for (int i = 0; i < counts.length(); i++) {
                count += counts.get(i);
            }
            return count;
        }
    }
}
