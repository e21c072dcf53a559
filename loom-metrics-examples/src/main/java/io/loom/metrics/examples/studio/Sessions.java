package io.loom.metrics.examples.studio;

import io.loom.metrics.Session;
import io.loom.metrics.SessionMeters;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The readers' sessions, each open until it is closed, idle for too long, or the idlest of too many. Thread-safe. */
final class Sessions implements AutoCloseable {
    private final SessionMeters meters;
    private final Clock clock;
    private final int capacity;
    private final long idleLimitNanos;
    private final Map<String, Reader> open = new ConcurrentHashMap<>();

    Sessions(SessionMeters meters, Clock clock, int capacity, Duration idleLimit) {
        this.meters = meters;
        this.clock = clock;
        this.capacity = capacity;
        this.idleLimitNanos = idleLimit.toNanos();
    }

    /** {@return the id of the session to go on in: the one that was asked for while it is open, else a new one} */
    String use(@Nullable String id) {
        Reader known = id == null ? null : open.get(id);
        if (known == null) {
            return open();
        }
        known.lastUseNanos = clock.monotonicTime();
        return known.id;
    }

    /** Notes what was said in a session that is open: the reader's wish, and an answer of so many words. */
    void told(String id, int words) {
        Reader reader = open.get(id);
        if (reader != null) {
            reader.session.turn();
            reader.session.words(words);
        }
    }

    /** Closes a session; {@return whether it was open} */
    boolean close(String id) {
        Reader reader = open.remove(id);
        if (reader == null) {
            return false;
        }
        reader.session.close();
        return true;
    }

    void closeIdle() {
        long now = clock.monotonicTime();
        open.values().stream()
                .filter(reader -> now - reader.lastUseNanos >= idleLimitNanos)
                .forEach(reader -> close(reader.id));
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }

    private String open() {
        if (open.size() >= capacity) {
            closeIdlest();
        }
        Reader reader = new Reader(UUID.randomUUID().toString(), meters.open(), clock.monotonicTime());
        open.put(reader.id, reader);
        return reader.id;
    }

    private void closeIdlest() {
        long now = clock.monotonicTime();
        open.values().stream()
                .max(Comparator.comparingLong(reader -> now - reader.lastUseNanos))
                .ifPresent(reader -> close(reader.id));
    }

    private static final class Reader {
        final String id;
        final Session session;
        volatile long lastUseNanos;

        Reader(String id, Session session, long nowNanos) {
            this.id = id;
            this.session = session;
            this.lastUseNanos = nowNanos;
        }
    }
}
