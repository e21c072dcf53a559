package io.loom.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.loom.metrics.catalogue.LoomMeter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * The standard process metrics. Memory comes from Linux's {@code /proc/self/status}, the rest from the JDK; what the platform
 * does not tell is left out, and so is what the registry has already.
 */
final class ProcessMeters {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Registrar registrar;

    ProcessMeters(Registrar registrar) {
        this.registrar = registrar;
    }

    void register(Path procStatus) {
        ProcStatus status = new ProcStatus(procStatus);
        gauge(LoomMeter.PROCESS_RESIDENT_MEMORY, () -> status.bytes("VmRSS:"));
        gauge(LoomMeter.PROCESS_VIRTUAL_MEMORY, () -> status.bytes("VmSize:"));
        ProcessHandle.current().info().startInstant().ifPresent(this::registerStart);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
            registerCpu(os);
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            gauge(LoomMeter.PROCESS_OPEN_FDS, () -> orNaN(unix.getOpenFileDescriptorCount()));
            gauge(LoomMeter.PROCESS_MAX_FDS, () -> orNaN(unix.getMaxFileDescriptorCount()));
        }
    }

    /** The type of meter that Micrometer's UptimeMetrics has under this name; with another, binding it would fail. */
    private void registerStart(Instant start) {
        if (!registrar.isRegistered(LoomMeter.PROCESS_START_TIME)) {
            registrar.timeGauge(LoomMeter.PROCESS_START_TIME.spec(), start.toEpochMilli() / MILLIS_PER_SECOND);
        }
    }

    private void registerCpu(OperatingSystemMXBean os) {
        if (os.getProcessCpuTime() >= 0 && !registrar.isRegistered(LoomMeter.PROCESS_CPU)) {
            registrar.functionCounter(
                    LoomMeter.PROCESS_CPU.spec(), () -> orNaN(os.getProcessCpuTime()) / NANOS_PER_SECOND);
        }
    }

    private void gauge(LoomMeter meter, DoubleSupplier value) {
        if (!Double.isNaN(value.getAsDouble()) && !registrar.isRegistered(meter)) {
            registrar.gauge(meter.spec(), value);
        }
    }

    /** The JDK says "not known" by a negative number. */
    private static double orNaN(long value) {
        return value < 0 ? Double.NaN : value;
    }
}
