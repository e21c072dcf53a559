package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadDeadlockMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Micrometer's binders for the JVM, the system and Logback. */
class BindersTest {
    private final LoomPrometheusRegistry ours = new LoomPrometheusRegistry();
    private final List<String> failures = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final LoggerContext logs = new LoggerContext();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        pool.shutdownNow();
    }

    @Test
    void binders_allOfThem_renderAValidPage() {
        ours.config().onMeterRegistrationFailed((id, reason) -> failures.add(id + ": " + reason));

        bindAll(ours);
        logs.getLogger("story").error("it broke off");

        TextPage page = TextPage.parse(ours.scrape());
        assertThat(failures).isEmpty();
        assertThat(page.families())
                .hasSizeGreaterThan(40)
                .containsKeys(
                        "jvm_memory_used_bytes",
                        "jvm_gc_live_data_size_bytes",
                        "jvm_threads_states_threads",
                        "jvm_classes_loaded_classes",
                        "jvm_info",
                        "jvm_compilation_time_ms_total",
                        "process_cpu_usage",
                        "process_uptime_seconds",
                        "process_files_open_files",
                        "disk_total_bytes",
                        "executor_pool_size_threads",
                        "logback_events_total");
        assertThat(page.value("logback_events_total", "level", "error")).isEqualTo(1);
    }

    @Test
    void binders_andLoomBesideThem_doNotClash() {
        ours.config().onMeterRegistrationFailed((id, reason) -> failures.add(id + ": " + reason));

        bindAll(ours);
        try (LoomMetrics loom = LoomMetrics.of(ours)) {
            OneOfEach.record(loom);

            TextPage page = TextPage.parse(ours.scrape());
            assertThat(failures).isEmpty();
            assertThat(page.value("process_start_time_seconds")).isPositive();
            assertThat(page.value("process_cpu_seconds_total")).isPositive();
        }
    }

    @Test
    void binders_onMicrometersRegistry_haveTheSameSeries() {
        PrometheusMeterRegistry theirs = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        bindAll(ours);
        bindAll(theirs);

        assertThat(series(ours.scrape())).isEqualTo(series(theirs.scrape()));
    }

    /** Those of the garbage collector's pauses are born when it runs, which may be between one registry and the other. */
    private static Set<TextPage.Series> series(String page) {
        return TextPage.parse(page).samples().keySet().stream()
                .filter(series -> !series.name().startsWith("jvm_gc_pause"))
                .filter(series -> !series.name().startsWith("jvm_gc_concurrent"))
                .collect(Collectors.toSet());
    }

    private void bindAll(MeterRegistry registry) {
        JvmGcMetrics gc = new JvmGcMetrics();
        JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();
        LogbackMetrics logback = new LogbackMetrics(List.of(), logs);
        open.addAll(List.of(gc, heapPressure, logback));
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new JvmThreadDeadlockMetrics(),
                new ClassLoaderMetrics(),
                new JvmInfoMetrics(),
                new JvmCompilationMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics(),
                new DiskSpaceMetrics(new File("/")),
                new ExecutorServiceMetrics(pool, "pool", List.of()),
                gc,
                heapPressure,
                logback);
        binders.forEach(binder -> binder.bindTo(registry));
    }
}
