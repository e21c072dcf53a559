package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Interleavings of threads that ask at the same time for what is made once. */
class LatestLincheckTest {
    @Test
    void get_byRivals_beginsOne() {
        options().check(Shared.class);
    }

    @Test
    void get_byRivalsWhoLookBeforeTheyWrite_isFoundToBeginTwo() {
        assertThatThrownBy(() -> options().check(LookFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(3).iterations(10).invocationsPerIteration(300).sequentialSpecification(Once.class);
    }

    public static class Shared {
        private final AtomicInteger begun = new AtomicInteger();
        private final Latest<Object> latest = new Latest<>(Object::new, made -> begun.incrementAndGet(), made -> true);

        /** How many were begun when the thread that began one has seen to that; the others may be ahead of it. */
        @Operation
        public boolean beginsNoSecond() {
            latest.get();
            return begun.get() <= 1;
        }
    }

    /** A weakened twin: each looks whether there is one before it makes one. */
    public static class LookFirst {
        private final AtomicInteger begun = new AtomicInteger();
        private volatile Object latest;

        @Operation
        public boolean beginsNoSecond() {
            if (latest == null) {
                latest = new Object();
                begun.incrementAndGet();
            }
            return begun.get() <= 1;
        }
    }

    public static class Once {
        public boolean beginsNoSecond() {
            return true;
        }
    }
}
