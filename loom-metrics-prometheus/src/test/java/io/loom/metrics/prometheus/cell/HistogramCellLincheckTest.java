package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Interleavings of recording, growth, reads of the count, and readers that turn the window of the maximum. */
class HistogramCellLincheckTest {
    private static final long STEP = 1_000;
    private static final int SLOTS = 2;
    private static final HistogramLayout LAYOUT = HistogramLayout.ofNanos(new double[] {1}, SLOTS, STEP);
    static final VarHandle COLLISIONS;

    static {
        try {
            COLLISIONS = MethodHandles.privateLookupIn(HistogramCell.class, MethodHandles.lookup())
                    .findVarHandle(HistogramCell.class, "collisions", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Test
    void count_whileGrowing_isLinearizable() {
        options().sequentialSpecification(Count.class).check(Growing.class);
    }

    @Test
    void count_overPartsThatAreAdded_isLinearizable() {
        options().sequentialSpecification(Count.class).check(CountedApart.class);
    }

    @Test
    void maxNanos_twoReadersOfWhomOneTurns_isLinearizable() {
        options().sequentialSpecification(Largest.class).check(Turning.class);
    }

    @Test
    void maxNanos_resetBeforeItIsInTheWindow_isFoundToBeMissed() {
        assertThatThrownBy(
                        () -> options().sequentialSpecification(Largest.class).check(ResetFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void maxNanos_whileTimePasses_showsTheLargestOfTheWindowAndNothingOlder() {
        options()
                .actorsBefore(2)
                .iterations(12)
                .invocationsPerIteration(60)
                .sequentialSpecification(Faultless.class)
                .check(Ageing.class);
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).actorsAfter(2).iterations(8).invocationsPerIteration(100);
    }

    public static class Count {
        private long count;

        public void record(int nanos) {
            count++;
        }

        public long count() {
            return count;
        }
    }

    /** One collision short of growing. One value is for the first bucket, the other for the second. */
    @Param(name = "nanos", gen = IntGen.class, conf = "1:2")
    public static class Growing {
        private final HistogramCell cell = new HistogramCell(LAYOUT);
        private final AtomicInteger recorded = new AtomicInteger();

        public Growing() {
            COLLISIONS.set(cell, Stripe.PATIENCE - 1);
        }

        @Operation
        public void record(@Param(name = "nanos") int nanos) {
            cell.recordNanos(nanos);
            recorded.addAndGet(nanos);
        }

        @Operation
        public long count() {
            return cell.count();
        }

        @Validate
        public void sumIsExact() {
            if (cell.sumNanos() != recorded.get()) {
                throw new IllegalStateException("the sum is " + cell.sumNanos() + ", not " + recorded.get());
            }
        }
    }

    /** Each recorder brings a branch or a tally of its own, which the counter counts, too. */
    @Param(name = "nanos", gen = IntGen.class, conf = "1:2")
    public static class CountedApart {
        private final HistogramCell cell = new HistogramCell(LAYOUT);
        private final CounterCell counter = new CounterCell();

        @Operation
        public void record(@Param(name = "nanos") int nanos) {
            CountedDurations counted =
                    nanos == 1 ? cell.branch() : cell.branch().tally();
            counter.countAlso(counted);
            counted.counted().put(nanos);
        }

        @Operation
        public long count() {
            return cell.count();
        }

        @Validate
        public void counterAgrees() {
            if (counter.whole() != cell.count()) {
                throw new IllegalStateException("the counter has " + counter.whole() + ", not " + cell.count());
            }
        }
    }

    /** The largest since the last step, which began with one value. */
    public static class Largest {
        private long largest = 2;

        public void record(int nanos) {
            largest = Math.max(largest, nanos);
        }

        public long max() {
            return largest;
        }

        public long lateMax() {
            return largest;
        }
    }

    /**
     * Reads are one step after a value was put into the window, so the first to turn moves that value; and late reads, whose time
     * is from before that.
     */
    @Param(name = "nanos", gen = IntGen.class, conf = "1:4")
    public static class Turning {
        private final HistogramCell cell = new HistogramCell(LAYOUT);

        public Turning() {
            cell.recordNanos(2);
            cell.maxNanos(0);
        }

        @Operation
        public void record(@Param(name = "nanos") int nanos) {
            cell.recordNanos(nanos);
        }

        @Operation
        public long max() {
            return cell.maxNanos(STEP);
        }

        @Operation
        public long lateMax() {
            return cell.maxNanos(0);
        }
    }

    /** The weakened twin: the maximum is neither here nor there while it moves into the window. */
    @Param(name = "nanos", gen = IntGen.class, conf = "1:4")
    public static class ResetFirst {
        private final long[] window = {2, 0}; // max, max of step
        private final AtomicInteger turning = new AtomicInteger();

        @Operation
        public void record(@Param(name = "nanos") int nanos) {
            long seen = (long) SLOT.getOpaque(window, 0);
            while (nanos > seen && !SLOT.compareAndSet(window, 0, seen, nanos)) {
                seen = (long) SLOT.getOpaque(window, 0);
            }
        }

        @Operation
        public long max() {
            if (turning.compareAndSet(0, 1)) {
                long max = (long) SLOT.getAndSet(window, 0, 0L);
                if (max > window[1]) {
                    SLOT.setVolatile(window, 1, max);
                }
                turning.set(0);
            }
            return Math.max((long) SLOT.getVolatile(window, 0), (long) SLOT.getVolatile(window, 1));
        }
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void record(int nanos) {}

        public void readAgain() {}

        public void readOneStepLater() {}
    }

    /**
     * One reader, between whose reads time passes. A value counts from the read that finds it, which is at the latest the first
     * read that begins after it was recorded.
     */
    public static class Ageing {
        private static final int VALUES = 3;

        private final HistogramCell cell = new HistogramCell(LAYOUT);
        private final AtomicInteger step = new AtomicInteger(SLOTS);
        private final AtomicIntegerArray begun = new AtomicIntegerArray(VALUES + 1);
        private final AtomicIntegerArray done = new AtomicIntegerArray(VALUES + 1);
        private final AtomicIntegerArray latestStep = new AtomicIntegerArray(VALUES + 1);
        private final int[] counted = new int[VALUES + 1];
        private final int[] foundIn = new int[VALUES + 1];

        @Operation
        public void record(@Param(gen = IntGen.class, conf = "1:3") int nanos) {
            begun.incrementAndGet(nanos);
            int now = step.get();
            cell.recordNanos(nanos);
            latestStep.accumulateAndGet(nanos, now, Math::max);
            done.incrementAndGet(nanos);
        }

        @Operation(nonParallelGroup = "reader")
        public void readAgain() {
            read(step.get());
        }

        @Operation(nonParallelGroup = "reader")
        public void readOneStepLater() {
            read(step.incrementAndGet());
        }

        private void read(int now) {
            int atLeast = 0;
            for (int nanos = 1; nanos <= VALUES; nanos++) {
                if (done.get(nanos) > counted[nanos]) {
                    counted[nanos] = done.get(nanos);
                    foundIn[nanos] = now;
                }
                if (latestStep.get(nanos) > now - SLOTS) {
                    atLeast = nanos;
                }
            }
            int max = (int) cell.maxNanos(now * STEP);
            check(max >= atLeast, "a maximum was missed");
            check(max == 0 || foundIn[max] > now - SLOTS || begun.get(max) > counted[max], "a maximum is too old");
        }

        private static void check(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalStateException(otherwise);
            }
        }
    }
}
