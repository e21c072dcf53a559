package io.loom.metrics.prometheus;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Keeps those who record from being done before the one who scrapes has looked a number of times, on a busy machine as well. */
final class InStep {
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final int least;
    private final AtomicInteger scrapes = new AtomicInteger();

    /** How many scrapes there are at least while others record. */
    InStep(int least) {
        this.least = least;
    }

    void scraped() {
        scrapes.incrementAndGet();
    }

    /** Lets all go on: nobody scrapes any more. */
    void end() {
        scrapes.set(Integer.MAX_VALUE);
    }

    /** Waits, where the scrapes are behind, before a recorder begins its event of this number, of so many. */
    void await(int event, int events) {
        long wanted = (long) least * event / events;
        while (scrapes.get() < wanted) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
