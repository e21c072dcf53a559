package io.loom.metrics;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A session that is open. Thread-safe: whoever closes it first ends it, and closing it again does nothing. */
public final class Session implements AutoCloseable {
    private final LongAdder ended;
    private final AtomicBoolean closed = new AtomicBoolean();

    Session(LongAdder ended) {
        this.ended = ended;
    }

    /** Ends the session. Never throws. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ended.increment();
        }
    }
}
