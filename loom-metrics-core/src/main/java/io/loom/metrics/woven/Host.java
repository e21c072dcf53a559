package io.loom.metrics.woven;

import io.loom.metrics.series.LabelGate;
import io.loom.metrics.series.SeriesLimit;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The {@code LoomMetrics} that woven methods record to. Thread-safe. */
@SuppressWarnings("exports") // only LoomMetrics is one
public interface Host {
    /** {@return where the meters are} */
    MeterRegistry registry();

    /** {@return whether the calling thread is registering a meter at this moment: what it calls then is not metered} */
    boolean isRegistering();

    /** {@return a gate with a value budget} */
    LabelGate gate(String meterName, String tagKey);

    /** {@return how many series one meter of one method may have} */
    SeriesLimit seriesLimit();

    /**
     * {@return the meter that {@code register} gives; where it throws, that of {@code noop}, and one line is logged}
     *
     * @throws VirtualMachineError where the stack or the memory ends: nothing was refused then
     */
    <M extends Meter> M register(String meterName, Supplier<M> register, Supplier<M> noop);

    /** Counts that the caller's code could not say what the value of a tag is. */
    void tagFailed(String meterName, Throwable cause);
}
