package io.loom.metrics.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Registers gauges, and tells what became of them: a registry gives back one that was there already without a word. Used by one
 * thread at a time.
 *
 * <p>Listeners of a registry stay for ever, so these hold nothing but this.
 */
final class RegistryWatch {
    private final MeterRegistry registry;
    /** Who registers now; meters of other threads are none of our business. */
    private volatile @Nullable Thread registrar;

    private boolean added;
    private @Nullable String refusal;

    RegistryWatch(MeterRegistry registry) {
        this.registry = registry;
        registry.config().onMeterAdded(meter -> {
            if (Thread.currentThread() == registrar) {
                added = true;
            }
        });
        registry.config().onMeterRegistrationFailed((id, reason) -> {
            if (Thread.currentThread() == registrar) {
                refusal = reason;
            }
        });
    }

    MeterRegistry registry() {
        return registry;
    }

    /** {@return why the gauge cannot be shown; empty where it is, or where a filter denies it} What cannot be is not registered. */
    Optional<String> register(Line line, Supplier<Gauge> register) {
        added = false;
        refusal = null;
        registrar = Thread.currentThread();
        try {
            Gauge gauge = register.get();
            if (added) {
                line.gauge = gauge;
            }
            return whyNot(line, gauge);
        } catch (Throwable e) { // a filter's own, or a meter of another type has the name
            return Optional.of(OneLine.of(e));
        } finally {
            registrar = null;
        }
    }

    /** Takes a gauge away. */
    void remove(Line line) {
        Gauge gauge = line.gauge;
        if (gauge != null) {
            try {
                registry.remove(gauge);
            } catch (Throwable e) { // a listener's own; the meter is gone
                return;
            } finally {
                line.gauge = null;
            }
        }
    }

    private Optional<String> whyNot(Line line, Gauge gauge) {
        if (refusal != null) {
            remove(line);
            return Optional.of(refusal);
        }
        return added || gauge instanceof NoopMeter
                ? Optional.empty()
                : Optional.of("the registry has such a meter already");
    }

    /** The value of a gauge. Written by one thread, read by any. */
    static final class Line {
        private volatile double value;
        private @Nullable Gauge gauge;

        Line(double value) {
            this.value = value;
        }

        double value() {
            return value;
        }

        void value(double now) {
            value = now;
        }

        /** {@return whether a registry has it} A denied one is nowhere. */
        @Nullable
        Gauge gauge() {
            return gauge;
        }
    }
}
