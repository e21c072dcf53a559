package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what must come true in a while. */
final class Eventually {
    private static final long PATIENCE_SECONDS = 60;
    private static final long STEP_MILLIS = 2;

    private Eventually() {}

    static void holds(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean holds = condition.call();
        while (!holds && System.nanoTime() < end) {
            Thread.sleep(STEP_MILLIS);
            holds = condition.call();
        }
        assertThat(holds).as("within %d seconds", PATIENCE_SECONDS).isTrue();
    }
}
