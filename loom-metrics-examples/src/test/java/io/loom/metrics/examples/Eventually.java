package io.loom.metrics.examples;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Waits for what another thread or process is about to do. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(50);

    private Eventually() {}

    /** Returns as soon as {@code condition} holds; fails where it does not within half a minute. */
    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        holdsWithin(LIMIT, what, condition);
    }

    /** Returns as soon as {@code condition} holds; fails where it does not within a limit. */
    static void holdsWithin(Duration limit, String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                Assertions.fail("within " + limit + " it did not come true that " + what);
            }
            Thread.sleep(STEP.toMillis());
        }
    }
}
