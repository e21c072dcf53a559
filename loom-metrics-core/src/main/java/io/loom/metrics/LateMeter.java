package io.loom.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopCounter;
import io.micrometer.core.instrument.noop.NoopDistributionSummary;
import io.micrometer.core.instrument.noop.NoopTimer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A meter that could not be registered because the stack or the memory ended: each recording asks for it again, and is lost until
 * there is one. Only handles of such meters pay for it. Thread-safe.
 */
final class LateMeter<M extends Meter> {
    private final Supplier<M> register;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable M meter;

    private LateMeter(Supplier<M> register) {
        this.register = register;
    }

    /** {@return a counter that asks} {@code register} may throw a {@link VirtualMachineError}, and nothing else. */
    static Counter counter(Meter.Id id, Supplier<Counter> register) {
        LateMeter<Counter> late = new LateMeter<>(register);
        return new NoopCounter(id) {
            @Override
            public void increment(double amount) {
                Counter there = late.meter();
                if (there != null) {
                    there.increment(amount);
                }
            }
        };
    }

    /** {@return a timer that asks} Durations alone reach it: our timers take the time themselves. */
    static Timer timer(Meter.Id id, Supplier<Timer> register) {
        LateMeter<Timer> late = new LateMeter<>(register);
        return new NoopTimer(id) {
            @Override
            public void record(long amount, TimeUnit unit) {
                Timer there = late.meter();
                if (there != null) {
                    there.record(amount, unit);
                }
            }
        };
    }

    /** {@return a summary that asks} */
    static DistributionSummary summary(Meter.Id id, Supplier<DistributionSummary> register) {
        LateMeter<DistributionSummary> late = new LateMeter<>(register);
        return new NoopDistributionSummary(id) {
            @Override
            public void record(double amount) {
                DistributionSummary there = late.meter();
                if (there != null) {
                    there.record(amount);
                }
            }
        };
    }

    private @Nullable M meter() {
        M known = meter;
        return known != null ? known : ask();
    }

    /** One asks at a time: a filter of the registry may itself record here. */
    private @Nullable M ask() {
        if (!asking.compareAndSet(false, true)) {
            return null;
        }
        try {
            M asked = register.get();
            meter = asked;
            return asked;
        } catch (VirtualMachineError e) { // still
            return null;
        } finally {
            asking.set(false);
        }
    }
}
