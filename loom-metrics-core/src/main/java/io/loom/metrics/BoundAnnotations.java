package io.loom.metrics;

import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesLimit;
import io.loom.metrics.woven.Host;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What woven methods may ask of a {@link LoomMetrics}. Thread-safe. */
final class BoundAnnotations implements Host {
    private final Registrar registrar;

    BoundAnnotations(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public MeterRegistry registry() {
        return registrar.registry();
    }

    @Override
    public boolean isRegistering() {
        return OwnRegistration.isUnderWay();
    }

    @Override
    public LabelGate gate(String meterName, String tagKey) {
        return registrar.openGate(meterName, tagKey, value -> value);
    }

    @Override
    public SeriesLimit seriesLimit() {
        return registrar.seriesLimit();
    }

    @Override
    public <M extends Meter> M register(String meterName, Supplier<M> register, Supplier<M> noop) {
        return registrar.registerOrElse(meterName, register, noop);
    }

    @Override
    public void tagFailed(String meterName, Throwable cause) {
        registrar.rejections(meterName).reject(Reason.TAG_FUNCTION, cause);
    }
}
