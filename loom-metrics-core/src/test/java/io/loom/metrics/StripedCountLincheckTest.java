package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.spi.Stripe;
import io.loom.metrics.testing.Interleavings;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of increments, spreading and reads. The counts start one collision short of spreading. Reads are linearizable even
 * over stripes: what a read sums up passes through every whole number between its beginning and its end.
 */
class StripedCountLincheckTest {
    private static final int INCREMENTS = 3;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle COLLISIONS = StripedCountTest.field("collisions", int.class);

    @Test
    void sum_whileItSpreads_isLinearizable() {
        options().sequentialSpecification(Sum.class).check(Spreading.class);
    }

    @Test
    void sum_rivalsThatBothSpread_losesNothing() {
        spreading().check(BothSpread.class);
    }

    @Test
    void sum_firstForgottenWhenSpreading_isFoundToLoseAnIncrement() {
        assertThatThrownBy(() -> options().sequentialSpecification(Sum.class).check(FirstForgotten.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    void sum_stripesReplacedByARival_isFoundToLoseAnIncrement() {
        assertThatThrownBy(() -> spreading().check(StripesReplaced.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("an increment is lost");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).iterations(5).invocationsPerIteration(1_000);
    }

    /** One scenario, but deep: the threads must be switched three times between two collisions. */
    private static ModelCheckingOptions spreading() {
        return options()
                .actorsPerThread(INCREMENTS)
                .actorsAfter(0)
                .iterations(1)
                .invocationsPerIteration(3_000);
    }

    private static StripedCount aboutToSpread() {
        StripedCount count = new StripedCount();
        COLLISIONS.set(count, Stripe.PATIENCE - 1);
        return count;
    }

    private static void checkAll(long counted) {
        if (counted != 2 * INCREMENTS) {
            throw new IllegalStateException("an increment is lost");
        }
    }

    public static class Sum {
        private long sum;

        public void increment() {
            sum++;
        }

        public long sum() {
            return sum;
        }
    }

    public static class Spreading {
        private final StripedCount count = aboutToSpread();

        @Operation
        public void increment() {
            count.increment();
        }

        @Operation
        public long sum() {
            return count.sum();
        }
    }

    public static class BothSpread {
        private final StripedCount count = aboutToSpread();

        @Operation
        public void increment() {
            count.increment();
        }

        @Validate
        public void allAreCounted() {
            checkAll(count.sum());
        }
    }

    /** A weakened twin: what was counted before it spread is not read any more. */
    public static class FirstForgotten {
        private volatile long[] slots = new long[1];

        @Operation
        public void increment() {
            long[] counts = slots;
            long seen = counts[0];
            if ((long) SLOT.getAndAdd(counts, 0, 1L) != seen) {
                slots = new long[1];
            }
        }

        @Operation
        public long sum() {
            return (long) SLOT.getVolatile(slots, 0);
        }
    }

    /** A weakened twin: who collides puts up stripes, even over a rival's. */
    public static class StripesReplaced {
        private final long[] first = new long[1];
        private volatile long[] more;

        @Operation
        public void increment() {
            long[] stripes = more;
            long[] counts = stripes == null ? first : stripes;
            long seen = counts[0];
            if ((long) SLOT.getAndAdd(counts, 0, 1L) != seen) {
                more = new long[1];
            }
        }

        @Validate
        public void allAreCounted() {
            long[] stripes = more;
            checkAll(first[0] + (stripes == null ? 0 : stripes[0]));
        }
    }
}
