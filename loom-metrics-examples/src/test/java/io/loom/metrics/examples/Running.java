package io.loom.metrics.examples;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has started, and ends in the opposite order: all of it, even where one end fails. */
final class Running implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** {@return what was started} */
    <T extends AutoCloseable> T add(T running) {
        started.push(running);
        return running;
    }

    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("not all could be ended");
        for (AutoCloseable running = started.poll(); running != null; running = started.poll()) {
            try {
                running.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
