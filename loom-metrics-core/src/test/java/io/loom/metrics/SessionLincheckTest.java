package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.testing.Interleavings;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Interleavings of threads that close a session, again or not, with one that finds it idle: it ends once. */
class SessionLincheckTest {
    private static final Duration IDLE = Duration.ofMinutes(30);

    @Test
    void end_closingAndExpiringRivals_takeOneSessionOffTheGauge() {
        options().check(Contested.class);
    }

    @Test
    void end_rivalsWhoLookBeforeTheyWrite_areFoundToTakeTwoOff() {
        assertThatThrownBy(() -> options().check(LookFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("active must be 1: was 0");
    }

    private static ModelCheckingOptions options() {
        return Interleavings.of(2).iterations(4).invocationsPerIteration(60).sequentialSpecification(Silent.class);
    }

    private static void checkActive(double active, boolean ended) {
        int expected = ended ? 1 : 2;
        if (active != expected) {
            throw new IllegalStateException("active must be " + expected + ": was " + (int) active);
        }
    }

    /** Nothing is to be seen from outside but the gauge, which the ends move when they are through. */
    public static class Silent {
        public void close() {}

        public void expire() {}
    }

    /** One session that all want to end, and another that stays. */
    public static class Contested {
        private final SessionMeters meters =
                new SessionMeters(new Registrar(new CompositeMeterRegistry(new MockClock()), Budgets.DEFAULT), IDLE);
        private final Session session = meters.open();
        private volatile boolean ended;

        public Contested() {
            meters.open();
        }

        @Operation
        public void close() {
            session.close();
            ended = true;
        }

        @Operation
        public void expire() {
            session.expire(meters.nanoTime() + IDLE.toNanos(), IDLE.toNanos());
            ended = true;
        }

        @Validate
        public void theOtherAloneIsActive() {
            checkActive(meters.active(), ended);
        }
    }

    /** A weakened twin: it looks whether it has ended before it writes that it has. */
    public static class LookFirst {
        private final AtomicInteger active = new AtomicInteger(2);
        private volatile boolean ended;

        @Operation
        public void close() {
            if (!ended) {
                ended = true;
                active.decrementAndGet();
            }
        }

        @Operation
        public void expire() {
            close();
        }

        @Validate
        public void theOtherAloneIsActive() {
            checkActive(active.get(), ended);
        }
    }
}
