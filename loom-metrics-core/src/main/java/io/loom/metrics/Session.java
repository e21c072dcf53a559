package io.loom.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session that is open. Whoever closes it first ends it, and closing it again does nothing. One that is not used for too long
 * ends by itself, as expired; what is recorded in it then is lost.
 *
 * <p>Thread-safe. Nothing here throws or takes a lock.
 */
public final class Session implements AutoCloseable {
    private final SessionMeters meters;
    private final long number;
    private final long openedNanos;
    private final SaturatingSum turns = new SaturatingSum();
    private final SaturatingSum words = new SaturatingSum();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long usedNanos;

    Session(SessionMeters meters, long number, long nowNanos) {
        this.meters = meters;
        this.number = number;
        this.openedNanos = nowNanos;
        this.usedNanos = nowNanos;
    }

    /** The reader has said something. */
    public void turn() {
        turns.add(1);
        touch();
    }

    /**
     * The reader was told so many words.
     *
     * @param told not negative; else it is dropped and counted as rejected
     */
    public void words(long told) {
        if (told < 0) {
            meters.rejectWords(told);
        } else {
            words.add(told);
        }
        touch();
    }

    /** The session is used, so that it does not expire. */
    public void touch() {
        usedNanos = meters.nanoTime();
    }

    /** Ends the session. Never throws. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            meters.closed(this, meters.nanoTime());
        }
    }

    /** Ends the session where nobody has used it for so long; it lasted until it was last used. */
    void expire(long nowNanos, long limitNanos) {
        long used = usedNanos;
        if (nowNanos - used >= limitNanos && ended.compareAndSet(false, true)) {
            meters.expired(this, used);
        }
    }

    long number() {
        return number;
    }

    long openedNanos() {
        return openedNanos;
    }

    long turns() {
        return turns.value();
    }

    long words() {
        return words.value();
    }
}
