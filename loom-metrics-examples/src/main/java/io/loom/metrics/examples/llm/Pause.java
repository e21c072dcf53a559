package io.loom.metrics.examples.llm;

import java.time.Duration;

/** Waiting, so that tests need not. */
@FunctionalInterface
public interface Pause {
    /**
     * Waits.
     *
     * @throws InterruptedException where the thread was interrupted
     */
    void await(Duration duration) throws InterruptedException;

    /** {@return real waiting, made longer or shorter by {@code scale}} */
    static Pause scaled(double scale) {
        return duration -> Thread.sleep(Math.round(duration.toMillis() * scale));
    }
}
