package io.loom.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

/** A session that is open. Thread-safe: whoever closes it first ends it, and closing it again does nothing. */
public final class Session implements AutoCloseable {
    private final InProgress active;
    private final AtomicBoolean closed = new AtomicBoolean();

    Session(InProgress active) {
        this.active = active;
        active.start();
    }

    /** Ends the session. Never throws. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            active.finish();
        }
    }
}
