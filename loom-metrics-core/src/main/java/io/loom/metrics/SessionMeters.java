package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sessions with readers: how many are open, how long they last, and what is said in them.
 *
 * <p>A session that nobody has used for the idle timeout is no longer active, and is counted as expired. No thread looks for such
 * sessions: reading the gauge and opening a session do, at most once a minute or a tenth of the timeout.
 *
 * <p>Thread-safe. Recording never throws and takes no lock.
 */
public final class SessionMeters {
    static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(30);

    private static final int LOOKS_A_TIMEOUT = 10;
    private static final long MOST_NANOS_BETWEEN_LOOKS = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private final long idleNanos;
    private final long nanosBetweenLooks;
    private final InProgress active = new InProgress();
    private final LongAdder ended = new LongAdder();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong lookedNanos;
    private final Map<Long, Session> open = new ConcurrentSkipListMap<>(); // a hash table would lock
    private final CounterSeries opened;
    private final CounterSeries expired;
    private final TimerSeries duration;
    private final SummarySeries turns;
    private final SummarySeries words;
    private final Rejections rejectedWords;

    SessionMeters(Registrar registrar, Duration idleTimeout) {
        this.clock = registrar.clock();
        this.idleNanos = idleTimeout.toNanos();
        this.nanosBetweenLooks = Math.min(MOST_NANOS_BETWEEN_LOOKS, idleNanos / LOOKS_A_TIMEOUT);
        this.lookedNanos = new AtomicLong(clock.monotonicTime());
        this.opened = CounterSeries.register(registrar, LoomMeter.SESSIONS.spec());
        this.expired = CounterSeries.register(registrar, LoomMeter.SESSIONS_EXPIRED.spec());
        this.duration = TimerSeries.register(registrar, LoomMeter.SESSION_DURATION.spec());
        this.turns = SummarySeries.register(registrar, LoomMeter.SESSION_TURNS.spec());
        this.words = SummarySeries.register(registrar, LoomMeter.SESSION_WORDS.spec());
        this.rejectedWords = registrar.rejections(LoomMeter.SESSION_WORDS.spec());
        active.endsAt(counts -> ended.sum());
        registrar.gauge(LoomMeter.SESSIONS_ACTIVE.spec(), this::active);
    }

    /** Opens a session; closing the handle ends it. */
    public Session open() {
        expireIdle();
        opened.increment();
        active.start();
        Session session = new Session(this, numbers.getAndIncrement(), clock.monotonicTime());
        open.put(session.number(), session);
        return session;
    }

    long nanoTime() {
        return clock.monotonicTime();
    }

    void closed(Session session, long nowNanos) {
        open.remove(session.number());
        duration.recordNanos(nowNanos - session.openedNanos());
        turns.record((double) session.turns());
        words.record((double) session.words());
        ended.increment();
    }

    void expired(Session session, long usedNanos) {
        expired.increment();
        closed(session, usedNanos);
    }

    void rejectWords(long told) {
        rejectedWords.reject(Reason.NEGATIVE, told);
    }

    double active() {
        expireIdle();
        return active.value();
    }

    private void expireIdle() {
        long now = clock.monotonicTime();
        long looked = lookedNanos.get();
        if (now - looked >= nanosBetweenLooks && lookedNanos.compareAndSet(looked, now)) {
            open.values().forEach(session -> session.expire(now, idleNanos));
        }
    }
}
