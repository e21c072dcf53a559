package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;

/**
 * Sessions with readers: {@code loom_sessions_active} and {@code loom_sessions_total}.
 *
 * <p>Thread-safe. Recording never throws and takes no lock.
 */
public final class SessionMeters {
    private final InProgress active = new InProgress();
    private final CounterSeries opened;

    SessionMeters(Registrar registrar) {
        this.opened = CounterSeries.register(registrar, LoomMeter.SESSIONS.spec());
        registrar.gauge(LoomMeter.SESSIONS_ACTIVE.spec(), active::value);
    }

    /** Opens a session; closing the handle ends it. */
    public Session open() {
        opened.increment();
        return new Session(active);
    }
}
