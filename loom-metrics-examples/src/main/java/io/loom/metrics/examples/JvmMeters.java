package io.loom.metrics.examples;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadDeadlockMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** Micrometer's metrics of the Java virtual machine. Closing takes the listeners off the collectors. */
final class JvmMeters implements AutoCloseable {
    private final JvmGcMetrics collectors = new JvmGcMetrics();

    /** Binds them. Before loom's meters: Micrometer's start time of the process cannot join loom's, but loom's can yield. */
    static JvmMeters bind(MeterRegistry registry) {
        JvmMeters meters = new JvmMeters();
        List<MeterBinder> binders = List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                meters.collectors,
                new JvmThreadMetrics(),
                new JvmThreadDeadlockMetrics(),
                new ProcessorMetrics(),
                new JvmInfoMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        return meters;
    }

    @Override
    public void close() {
        collectors.close();
    }
}
