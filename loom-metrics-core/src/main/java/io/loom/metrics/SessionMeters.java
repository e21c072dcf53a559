package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sessions with readers: {@code loom_sessions_active} and {@code loom_sessions_total}.
 *
 * <p>Thread-safe. Recording never throws and takes no lock.
 */
public final class SessionMeters {
    private final InProgress active = new InProgress();
    private final LongAdder ended = new LongAdder();
    private final CounterSeries opened;

    SessionMeters(Registrar registrar) {
        this.opened = CounterSeries.register(registrar, LoomMeter.SESSIONS.spec());
        active.endsAt(ended::sum);
        registrar.gauge(LoomMeter.SESSIONS_ACTIVE.spec(), active::value);
    }

    /** Opens a session; closing the handle ends it. */
    public Session open() {
        opened.increment();
        active.start();
        return new Session(ended);
    }
}
