package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMetersTest {
    @TempDir
    private Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Registrar registrar = new Registrar(registry, Budgets.DEFAULT);

    @Test
    void register_procStatus_givesMemoryInBytes() throws IOException {
        register("VmSize:\t2048 kB\nVmRSS:\t1024 kB\n");

        assertThat(gauge("process.virtual.memory").value()).isEqualTo(2_097_152);
        assertThat(gauge("process.resident.memory").value()).isEqualTo(1_048_576);
        assertThat(gauge("process.resident.memory").getId().getBaseUnit()).isEqualTo("bytes");
    }

    @Test
    void register_procStatusWithoutALine_leavesThatGaugeOut() throws IOException {
        register("VmSize:\t2048 kB\n");

        assertThat(registry.find("process.virtual.memory").meters()).hasSize(1);
        assertThat(registry.find("process.resident.memory").meters()).isEmpty();
    }

    @Test
    void register_noProcStatus_leavesMemoryOut() {
        new ProcessMeters(registrar).register(directory.resolve("absent"));

        assertThat(registry.find("process.virtual.memory").meters()).isEmpty();
        assertThat(registry.find("process.resident.memory").meters()).isEmpty();
        assertThat(registry.find("process.cpu").meters()).hasSize(1);
    }

    @Test
    void memory_procStatusThatGoesAway_isNaN() throws IOException {
        register("VmRSS:\t1024 kB\n");
        Files.delete(directory.resolve("status"));

        assertThat(gauge("process.resident.memory").value()).isNaN();
    }

    @Test
    void cpu_ofThisProcess_onlyGoesUp() throws IOException {
        register("");
        double before = cpuSeconds();
        while (cpuSeconds() == before) {
            Thread.onSpinWait();
        }

        assertThat(before).isPositive();
        assertThat(cpuSeconds()).isGreaterThan(before);
    }

    @Test
    void startTime_ofThisProcess_isInSecondsSinceTheEpoch() throws IOException {
        register("");
        double expected = ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .orElseThrow()
                / 1e3;

        assertThat(gauge("process.start.time").value()).isEqualTo(expected);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void fileDescriptors_ofThisProcess_areCounted() throws IOException {
        register("");

        assertThat(gauge("process.open.fds").value())
                .isBetween(1.0, gauge("process.max.fds").value());
    }

    @Test
    void register_whatTheRegistryHasAlready_isLeftAlone() throws IOException {
        Gauge theirs = Gauge.builder("process.resident.memory", () -> 7).register(registry);
        new UptimeMetrics().bindTo(registry);
        register("VmRSS:\t1024 kB\n");

        assertThat(registry.find("process.resident.memory").gauges()).containsExactly(theirs);
        assertThat(registry.find("process.start.time").meters()).hasSize(1);

        registrar.close();
        assertThat(theirs.value()).isEqualTo(7);
        assertThat(registry.find("process.resident.memory").gauges()).containsExactly(theirs);
        assertThat(registry.find("process.start.time").meters()).hasSize(1);
        assertThat(registry.find("process.cpu").meters()).isEmpty();
    }

    private void register(String procStatus) throws IOException {
        Path file = Files.writeString(directory.resolve("status"), procStatus);
        new ProcessMeters(registrar).register(file);
    }

    private Gauge gauge(String name) {
        return registry.get(name).gauge();
    }

    private double cpuSeconds() {
        return registry.get("process.cpu").functionCounter().count();
    }
}
