package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interleavings of three threads that would end the same. */
class EndsOnceLincheckTest {
    @Test
    void end_byThreeThreads_isTheFirstOnesAlone() {
        options().check(Ended.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {MissesTheCrowd.class, MissesTheOneAlone.class})
    void end_byTwinsThatDoNotLook_isFoundToBeTwice(Class<?> twin) {
        assertThatThrownBy(() -> options().check(twin))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(3).iterations(12).invocationsPerIteration(1_000).sequentialSpecification(Once.class);
    }

    public static class Ended {
        private final EndsOnce ending = new EndsOnce() {};

        @Operation
        public boolean end() {
            return ending.end();
        }
    }

    /** A weakened twin: who is alone does not look whether others decide. */
    public static class MissesTheCrowd extends Twin {
        @Override
        boolean endAlone() {
            return true;
        }

        @Override
        boolean endAmongOthers() {
            return !alone && decided.compareAndSet(false, true);
        }
    }

    /** A weakened twin: who is not alone does not look whether somebody is. */
    public static class MissesTheOneAlone extends Twin {
        @Override
        boolean endAlone() {
            return !crowded || decided.compareAndSet(false, true);
        }

        @Override
        boolean endAmongOthers() {
            crowded = true;
            return decided.compareAndSet(false, true);
        }
    }

    abstract static class Twin {
        final AtomicBoolean decided = new AtomicBoolean();
        volatile boolean alone;
        volatile boolean crowded;
        private volatile int last;
        private volatile boolean closed;

        @Operation
        public boolean end() {
            int me = (int) Thread.currentThread().getId();
            last = me;
            if (closed) {
                return false;
            }
            closed = true;
            if (last == me) {
                alone = true;
                return endAlone();
            }
            return endAmongOthers();
        }

        abstract boolean endAlone();

        abstract boolean endAmongOthers();
    }

    public static class Once {
        private boolean ended;

        public boolean end() {
            boolean first = !ended;
            ended = true;
            return first;
        }
    }
}
