package io.loom.metrics.examples;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Waits for what another thread or process is about to do. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(50);

    private Eventually() {}

    /** Returns as soon as {@code condition} holds; fails where it does not within two minutes. */
    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (isOver(start)) {
                Assertions.fail("within " + LIMIT + " it did not come true that " + what);
            }
            Thread.sleep(STEP.toMillis());
        }
    }

    /** Returns as soon as {@code assertion} passes; fails as it did last where it does not within two minutes. */
    public static void passes(Assertion assertion) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError e) {
                if (isOver(start)) {
                    throw e;
                }
            }
            Thread.sleep(STEP.toMillis());
        }
    }

    private static boolean isOver(long start) {
        return System.nanoTime() - start > LIMIT.toNanos();
    }

    /** What fails until it is true. */
    @FunctionalInterface
    public interface Assertion {
        /** Fails with an {@link AssertionError}. */
        void check() throws Exception;
    }
}
