package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import io.loom.metrics.spi.Stripe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of additions, growth and reads. The cells that are to grow start one collision short of it.
 *
 * <p>Additions of one amount are linearizable even over stripes: what a read sums up passes through every whole number between
 * its beginning and its end. Additions of different amounts are not: two reads may each miss what the other one sees.
 */
class CounterCellLincheckTest {
    private static final int INCREMENTS = 3;
    private static final VarHandle COLLISIONS;

    static {
        try {
            COLLISIONS = MethodHandles.privateLookupIn(CounterCell.class, MethodHandles.lookup())
                    .findVarHandle(CounterCell.class, "collisions", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Test
    void whole_inOneBlock_isLinearizable() {
        options().sequentialSpecification(Sum.class).check(OneBlock.class);
    }

    @Test
    void whole_incrementsWhileGrowing_isLinearizable() {
        options().sequentialSpecification(Sum.class).check(GrowingWhole.class);
    }

    @Test
    void value_differentAmountsWhileGrowing_isMonotoneAndMissesOnlyWhatIsUnderWay() {
        options()
                .invocationsPerIteration(100)
                .sequentialSpecification(Faultless.class)
                .check(GrowingMixed.class);
    }

    @Test
    void whole_readApartFromWriting_isFoundToLoseAnIncrement() {
        assertThatThrownBy(() -> options().sequentialSpecification(Sum.class).check(Torn.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void whole_rivalsThatBothGrow_losesNothing() {
        growing().check(BothGrow.class);
    }

    @Test
    void whole_stripesReplacedByARival_isFoundToLoseAnIncrement() {
        assertThatThrownBy(() -> growing().check(StripesReplaced.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("an increment is lost");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).iterations(5).invocationsPerIteration(1_000);
    }

    /** One scenario, but deep: the threads must be switched three times between two collisions. */
    private static ModelCheckingOptions growing() {
        return options()
                .actorsPerThread(INCREMENTS)
                .actorsAfter(0)
                .iterations(1)
                .invocationsPerIteration(3_000);
    }

    private static CounterCell aboutToGrow() {
        CounterCell cell = new CounterCell();
        COLLISIONS.set(cell, Stripe.PATIENCE - 1);
        return cell;
    }

    public static class Sum {
        private long sum;

        public void increment() {
            sum++;
        }

        public void add(int amount) {
            sum += amount;
        }

        public long sum() {
            return sum;
        }
    }

    public static class OneBlock {
        private final CounterCell cell = new CounterCell();

        @Operation
        public void increment() {
            cell.increment();
        }

        @Operation
        public void add(@Param(gen = IntGen.class, conf = "2:3") int amount) {
            cell.add(amount);
        }

        @Operation
        public long sum() {
            return cell.whole();
        }
    }

    public static class GrowingWhole {
        private final CounterCell cell = aboutToGrow();

        @Operation
        public void increment() {
            cell.increment();
        }

        @Operation
        public long sum() {
            return cell.whole();
        }
    }

    public static class BothGrow {
        private final CounterCell cell = aboutToGrow();

        @Operation
        public void increment() {
            cell.increment();
        }

        @Validate
        public void allAreCounted() {
            checkAll(cell.whole());
        }
    }

    /** The specification of operations that check themselves. */
    public static class Faultless {
        public void addWhole() {}

        public void addFraction() {}

        public void value() {}
    }

    /** Amounts in quarters, so that they are exact: 1 is whole, 0.25 is not. */
    public static class GrowingMixed {
        private final CounterCell cell = aboutToGrow();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicInteger read = new AtomicInteger();

        @Operation
        public void addWhole() {
            add(4);
        }

        @Operation
        public void addFraction() {
            add(1);
        }

        @Operation
        public void value() {
            int atLeast = Math.max(done.get(), read.get());
            int quarters = (int) (cell.value() * 4);
            if (quarters < atLeast || quarters > begun.get()) {
                throw new IllegalStateException(quarters + " quarters were read, not at least " + atLeast);
            }
            read.accumulateAndGet(quarters, Math::max);
        }

        private void add(int quarters) {
            begun.addAndGet(quarters);
            cell.add(quarters / 4.0);
            done.addAndGet(quarters);
        }
    }

    /** A weakened twin: an increment is a read and a write. */
    public static class Torn {
        private final long[] base = new long[1];

        @Operation
        public void increment() {
            SLOT.setOpaque(base, 0, (long) SLOT.getOpaque(base, 0) + 1);
        }

        @Operation
        public long sum() {
            return (long) SLOT.getOpaque(base, 0);
        }
    }

    /** A weakened twin: who finds no stripes puts some up, even over a rival's. */
    public static class StripesReplaced {
        private volatile long[] more;

        @Operation
        public void increment() {
            long[] stripes = more;
            if (stripes == null) {
                stripes = new long[1];
                more = stripes;
            }
            SLOT.getAndAdd(stripes, 0, 1L);
        }

        @Validate
        public void allAreCounted() {
            checkAll(more[0]);
        }
    }

    private static void checkAll(long counted) {
        if (counted != 2 * INCREMENTS) {
            throw new IllegalStateException("an increment is lost");
        }
    }
}
