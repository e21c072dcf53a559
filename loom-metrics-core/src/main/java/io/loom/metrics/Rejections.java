package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the values of one meter that were not recorded, and logs the first of each minute. Thread-safe; never throws and never
 * locks, apart from registering the counter of a reason that is new.
 */
final class Rejections {
    private static final Logger log = LoggerFactory.getLogger(LoomMetrics.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final Registrar registrar;
    private final String meterName;
    private final AtomicLong loggedAt = new AtomicLong(NEVER);

    Rejections(Registrar registrar, String meterName) {
        this.registrar = registrar;
        this.meterName = meterName;
    }

    void reject(Reason reason, @Nullable Object value) {
        Counter counter = registrar.counter(LoomMeter.METRICS_REJECTED.spec(), meterName, reason.label());
        counter.increment();
        if (mayLog(registrar.clock())) {
            log.warn(
                    "{}: value {}: was {}. It was not recorded; more of the kind are counted in loom_metrics_rejected_total"
                            + " but not logged for a minute.",
                    meterName,
                    reason.rule(),
                    LogText.of(value));
        }
    }

    private boolean mayLog(Clock clock) {
        long now = clock.monotonicTime();
        long last = loggedAt.get();
        return (last == NEVER || now - last >= QUIET_NANOS) && loggedAt.compareAndSet(last, now);
    }
}
