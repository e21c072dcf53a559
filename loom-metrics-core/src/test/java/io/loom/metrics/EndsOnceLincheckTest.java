package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Interleavings of the thread that made something with two others that would end it as well. */
class EndsOnceLincheckTest {
    @Test
    void end_makerAndRivals_isTheFirstOnesAlone() {
        options().check(Ended.class);
    }

    @Test
    void end_twoThatLookBeforeTheyWrite_areFoundToEndItTwice() {
        assertThatThrownBy(() -> options().check(LookFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(3).iterations(12).invocationsPerIteration(400).sequentialSpecification(Once.class);
    }

    public static class Ended {
        private final EndsOnce ending = new EndsOnce() {};

        /** One thread's alone, as the maker is. */
        @Operation(nonParallelGroup = "maker")
        public boolean endByMaker() {
            return ending.endByMaker();
        }

        @Operation
        public boolean endByRival() {
            return ending.endByRival();
        }
    }

    /** A weakened twin: each looks for the other before it says that it came. */
    public static class LookFirst {
        private volatile boolean makerCame;
        private volatile boolean rivalCame;

        @Operation(nonParallelGroup = "maker")
        public boolean endByMaker() {
            if (makerCame || rivalCame) {
                return false;
            }
            makerCame = true;
            return true;
        }

        @Operation(nonParallelGroup = "rival")
        public boolean endByRival() {
            if (makerCame || rivalCame) {
                return false;
            }
            rivalCame = true;
            return true;
        }
    }

    public static class Once {
        private boolean ended;

        public boolean endByMaker() {
            return end();
        }

        public boolean endByRival() {
            return end();
        }

        private boolean end() {
            boolean first = !ended;
            ended = true;
            return first;
        }
    }
}
