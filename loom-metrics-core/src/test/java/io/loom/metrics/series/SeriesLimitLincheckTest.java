package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Interleavings of threads that take places and give them back. */
class SeriesLimitLincheckTest {
    private static final int WHOLE = 8;
    private static final int RESERVE = 2;

    @Test
    void take_rivalsForTheLastPlaces_isLinearizable() {
        options().check(Limit.class);
    }

    @Test
    void take_limitCheckedApartFromTaking_isFoundToExceedIt() {
        assertThatThrownBy(() -> options().check(CheckThenAct.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).iterations(6).invocationsPerIteration(100).sequentialSpecification(Places.class);
    }

    /** One place is left of each kind; a place is given back at most once, so never one that was not taken. */
    public static class Limit {
        private final SeriesLimit limit = SeriesLimit.of(WHOLE);

        public Limit() {
            for (int i = 1; i < WHOLE; i++) {
                limit.takeWhole();
            }
            limit.takePartial(2, 3, false);
        }

        @Operation
        public boolean takeWhole() {
            return limit.takeWhole();
        }

        @Operation(runOnce = true)
        public void giveWholeBack() {
            limit.giveWholeBack();
        }

        @Operation
        public boolean takePartial(@Param(gen = IntGen.class, conf = "1:2") int folded) {
            return limit.takePartial(folded, 3, false);
        }

        @Operation(runOnce = true)
        public void givePartialBack() {
            limit.givePartialBack();
        }
    }

    public static class Places {
        private int whole = WHOLE - 1;
        private int partial = 1;

        public boolean takeWhole() {
            boolean taken = whole < WHOLE;
            whole += taken ? 1 : 0;
            return taken;
        }

        public void giveWholeBack() {
            whole--;
        }

        /** With one of three labels folded half of the reserve can be had, with two all of it. */
        public boolean takePartial(int folded) {
            boolean taken = partial < folded * RESERVE / 2;
            partial += taken ? 1 : 0;
            return taken;
        }

        public void givePartialBack() {
            partial--;
        }
    }

    /** The weakened twin: two threads may see the same last place. */
    public static class CheckThenAct {
        private final AtomicInteger whole = new AtomicInteger(WHOLE - 1);

        @Operation
        public boolean takeWhole() {
            return whole.get() < WHOLE && whole.incrementAndGet() > 0;
        }

        @Operation(runOnce = true)
        public void giveWholeBack() {
            whole.decrementAndGet();
        }
    }
}
