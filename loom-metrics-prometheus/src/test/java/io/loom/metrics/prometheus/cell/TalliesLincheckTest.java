package io.loom.metrics.prometheus.cell;

import static io.loom.metrics.prometheus.cell.Stripes.SLOT;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.Interleavings;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Interleavings of counting in the one block, counting by threads that have noticed rivals, and reads. */
class TalliesLincheckTest {
    @Test
    void count_whileRivalsAreNoticed_isLinearizable() {
        options().check(Growing.class);
    }

    @Test
    void count_stripesReplacedByARival_isFoundToLoseAnIncrement() {
        assertThatThrownBy(() -> options().check(StripesReplaced.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).iterations(8).invocationsPerIteration(1_000).sequentialSpecification(Sum.class);
    }

    public static class Sum {
        private long sum;

        public void increment() {
            sum++;
        }

        public void incrementContended() {
            sum++;
        }

        public long sum() {
            return sum;
        }
    }

    public static class Growing {
        private final Tallies tallies = new Tallies(new long[Tallies.SIZE], 0);

        @Operation
        public void increment() {
            tallies.increment(1, false);
        }

        @Operation
        public void incrementContended() {
            tallies.increment(1, true);
        }

        @Operation
        public long sum() {
            return tallies.count(1);
        }
    }

    /** The weakened twin: who finds no stripes sets its own, even if a rival was faster. */
    public static class StripesReplaced {
        private final long[] base = new long[Tallies.SIZE];
        private volatile long[] more;

        @Operation
        public void increment() {
            SLOT.getAndAdd(base, 1, 1L);
        }

        @Operation
        public void incrementContended() {
            if (more == null) {
                more = Stripes.allocate(Tallies.SIZE);
            }
            SLOT.getAndAdd(more, Stripes.own(Tallies.SIZE) + 1, 1L);
        }

        @Operation
        public long sum() {
            long[] stripes = more;
            long count = (long) SLOT.getOpaque(base, 1);
            return stripes == null ? count : count + Stripes.sum(stripes, Tallies.SIZE, 1);
        }
    }
}
