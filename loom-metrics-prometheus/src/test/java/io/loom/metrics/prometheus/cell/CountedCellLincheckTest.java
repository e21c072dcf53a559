package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Stripe;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Interleavings of recording what is frequent and what is rare, and of reading the count of what is frequent. */
class CountedCellLincheckTest {
    private static final HistogramLayout LAYOUT = HistogramLayout.ofNanos(new double[] {1}, 2, 1_000);

    @Test
    void count_besideRareOnes_isNeverTooHighAndNeverSinks() {
        options().check(Rest.class);
    }

    @Test
    void count_highestForgotten_isFoundToSink() {
        assertThatThrownBy(() -> options().check(HighestForgotten.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("it sinks");
    }

    @Test
    void count_talliesReadFirst_isFoundToBeTooHigh() {
        assertThatThrownBy(() -> options().check(TalliesFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("it is too high");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(3)
                .iterations(12)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(Faultless.class);
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void record() {}

        public void recordRare() {}

        public void read() {}

        public void readForAPage() {}
    }

    /** One collision short of growing. */
    public static class Rest {
        private final Checked checked = new Checked();
        private final HistogramCell cell = new HistogramCell(LAYOUT);
        private final CountedCell frequent = cell.branch();
        private final CountedDurations rare = frequent.tally();

        public Rest() {
            HistogramCellLincheckTest.COLLISIONS.set(frequent, Stripe.PATIENCE - 1);
        }

        @Operation
        public void record() {
            checked.frequent(() -> frequent.counted().put(1));
        }

        @Operation
        public void recordRare() {
            checked.rare(() -> rare.counted().put(1));
        }

        @Operation
        public void read() {
            checked.read(frequent::countHere);
        }

        @Operation
        public void readForAPage() {
            checked.read(() -> new Copies().of(frequent));
        }

        @Validate
        public void isExact() {
            checked.exact(frequent.countHere());
        }
    }

    /** A weakened twin: what is read is not remembered. */
    public static class HighestForgotten {
        private final Checked checked = new Checked();
        private final Plain plain = new Plain();

        @Operation
        public void record() {
            checked.frequent(plain::record);
        }

        @Operation
        public void recordRare() {
            checked.rare(plain::recordRare);
        }

        @Operation(nonParallelGroup = "reader")
        public void read() {
            checked.read(() -> {
                long all = plain.bucket();
                return all - plain.tally();
            });
        }
    }

    /** A weakened twin: a rare one may come between the two reads, and is taken for a frequent one. */
    public static class TalliesFirst {
        private final Checked checked = new Checked();
        private final Plain plain = new Plain();

        @Operation
        public void record() {
            checked.frequent(plain::record);
        }

        @Operation
        public void recordRare() {
            checked.rare(plain::recordRare);
        }

        @Operation(nonParallelGroup = "reader")
        public void read() {
            checked.read(() -> {
                long tallied = plain.tally();
                return Math.max(plain.bucket() - tallied, checked.last.get());
            });
        }
    }

    /** One bucket and one tally, for the twins. */
    static final class Plain {
        private final long[] bucketAndTally = new long[2];

        void record() {
            SLOT.getAndAdd(bucketAndTally, 0, 1L);
        }

        void recordRare() {
            SLOT.getAndAdd(bucketAndTally, 1, 1L);
            record();
        }

        long bucket() {
            return (long) SLOT.getVolatile(bucketAndTally, 0);
        }

        long tally() {
            return (long) SLOT.getVolatile(bucketAndTally, 1);
        }
    }

    /** What was begun and done, against what readers see of it. */
    static final class Checked {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger rareBegun = new AtomicInteger();
        private final AtomicInteger rareDone = new AtomicInteger();
        private final AtomicLong last = new AtomicLong();

        void frequent(Runnable record) {
            begun.incrementAndGet();
            record.run();
            done.incrementAndGet();
        }

        void rare(Runnable record) {
            rareBegun.incrementAndGet();
            record.run();
            rareDone.incrementAndGet();
        }

        void read(LongSupplier count) {
            long lastBefore = last.get();
            int doneBefore = done.get();
            int rareDoneBefore = rareDone.get();
            long read = count.getAsLong();
            check(read <= begun.get(), "it is too high");
            check(
                    read >= doneBefore - (rareBegun.get() - rareDoneBefore),
                    "it is too low by more than what is under way");
            check(read >= lastBefore, "it sinks");
            last.accumulateAndGet(read, Math::max);
        }

        void exact(long count) {
            check(count == done.get(), "it is not exact");
        }

        private static void check(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalStateException(otherwise);
            }
        }
    }
}
