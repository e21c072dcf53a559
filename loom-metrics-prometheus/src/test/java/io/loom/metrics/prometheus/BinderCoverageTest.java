package io.loom.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.LoggerContext;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.loom.metrics.prometheus.exposition.TextPage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.micrometer.core.instrument.binder.cache.CaffeineStatsCounter;
import io.micrometer.core.instrument.binder.cache.GuavaCacheMetrics;
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
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each of Micrometer's binders for the JVM, the system, logging and caches, on a registry of its own. A binder that a new
 * version of Micrometer brings must be put on one of the lists. {@code VirtualThreadMetrics} is in a module of its own.
 */
class BinderCoverageTest {
    private static final String BINDERS = "io.micrometer.core.instrument.binder.";
    private static final List<String> PACKAGES = List.of("jvm", "system", "logging", "cache");

    /** By the class without which they cannot be made: other products' libraries, which are not on the class path. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "cache.EhCache2Metrics", "net.sf.ehcache.Ehcache",
            "cache.HazelcastCacheMetrics", "com.hazelcast.map.IMap",
            "cache.JCacheMetrics", "javax.cache.Cache",
            "logging.Log4j2Metrics", "org.apache.logging.log4j.core.LoggerContext");

    private final LoomPrometheusRegistry registry = new LoomPrometheusRegistry();
    private final List<String> failures = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void binders_ofMicrometersJar_areAllOnAList() throws Exception {
        Set<String> listed = new TreeSet<>(LEFT_OUT.keySet());
        covered().map(Covered::name).forEach(listed::add);

        assertThat(listed).hasSize(22).isEqualTo(binders());
    }

    @Test
    void binders_thatAreLeftOut_needWhatIsNotThere() {
        LEFT_OUT.values()
                .forEach(needed -> assertThatExceptionOfType(ClassNotFoundException.class)
                        .isThrownBy(() -> Class.forName(needed)));
    }

    @ParameterizedTest
    @MethodSource("covered")
    void binder_onARegistryOfItsOwn_rendersItsFamily(Covered binder) {
        registry.config().onMeterRegistrationFailed((id, reason) -> failures.add(id + ": " + reason));

        binder.bind.accept(new Site(registry, open));

        assertThat(failures).isEmpty();
        assertThat(registry.getMeters()).isNotEmpty();
        assertThat(TextPage.parse(registry.scrape()).families()).containsKey(binder.family);
    }

    private static Stream<Covered> covered() {
        return Stream.of(
                binder(new ClassLoaderMetrics(), "jvm_classes_loaded_classes"),
                binder(oldDiskSpace(), "disk_total_bytes"),
                new Covered(
                        "jvm.ExecutorServiceMetrics",
                        "executor_pool_size_threads",
                        site -> new ExecutorServiceMetrics(site.pool(), "pool", List.of()).bindTo(site.registry)),
                binder(new JvmCompilationMetrics(), "jvm_compilation_time_ms_total"),
                new Covered(
                        "jvm.JvmGcMetrics",
                        "jvm_gc_max_data_size_bytes",
                        site -> site.keep(new JvmGcMetrics()).bindTo(site.registry)),
                new Covered(
                        "jvm.JvmHeapPressureMetrics",
                        "jvm_gc_overhead",
                        site -> site.keep(new JvmHeapPressureMetrics()).bindTo(site.registry)),
                binder(new JvmInfoMetrics(), "jvm_info"),
                binder(new JvmMemoryMetrics(), "jvm_memory_used_bytes"),
                binder(new JvmThreadDeadlockMetrics(), "jvm_threads_deadlocked_threads"),
                binder(new JvmThreadMetrics(), "jvm_threads_live_threads"),
                binder(new DiskSpaceMetrics(new File("/")), "disk_free_bytes"),
                binder(new FileDescriptorMetrics(), "process_files_open_files"),
                binder(new ProcessorMetrics(), "system_cpu_count"),
                binder(new UptimeMetrics(), "process_uptime_seconds"),
                new Covered(
                        "logging.LogbackMetrics",
                        "logback_events_total",
                        site -> site.keep(new LogbackMetrics(List.of(), new LoggerContext()))
                                .bindTo(site.registry)),
                new Covered(
                        "cache.CaffeineCacheMetrics",
                        "cache_gets_total",
                        site -> CaffeineCacheMetrics.monitor(
                                site.registry,
                                Caffeine.newBuilder().recordStats().build(),
                                "stories")),
                new Covered(
                        "cache.CaffeineStatsCounter",
                        "cache_loads_seconds",
                        site -> Caffeine.newBuilder()
                                .recordStats(() -> new CaffeineStatsCounter(site.registry, "stories"))
                                .build()
                                .put("key", "story")),
                new Covered(
                        "cache.GuavaCacheMetrics",
                        "cache_gets_total",
                        site -> GuavaCacheMetrics.monitor(
                                site.registry,
                                CacheBuilder.newBuilder().recordStats().build(),
                                "stories")));
    }

    private static Covered binder(MeterBinder binder, String family) {
        String name = binder.getClass().getName().substring(BINDERS.length());
        return new Covered(name, family, site -> binder.bindTo(site.registry));
    }

    @SuppressWarnings("deprecation") // it is there, so it must work
    private static MeterBinder oldDiskSpace() {
        return new io.micrometer.core.instrument.binder.jvm.DiskSpaceMetrics(new File("/"));
    }

    /** {@return the public classes that can be made, below the packages' common name} */
    private static Set<String> binders() throws Exception {
        Set<String> binders = new TreeSet<>();
        URI jar = MeterBinder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
            for (String name : PACKAGES) {
                classes(files.getPath("/" + (BINDERS + name).replace('.', '/'))).stream()
                        .map(type -> name + '.' + type)
                        .filter(BinderCoverageTest::canBeMade)
                        .forEach(binders::add);
            }
        }
        return binders;
    }

    private static List<String> classes(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("$") && !file.startsWith("package-info"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .toList();
        }
    }

    private static boolean canBeMade(String name) {
        try {
            int modifiers = Class.forName(BINDERS + name, false, MeterBinder.class.getClassLoader())
                    .getModifiers();
            return Modifier.isPublic(modifiers) && !Modifier.isAbstract(modifiers);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    /** A binder: its class below the packages' common name, a family that it must show, and how it is bound. */
    record Covered(String name, String family, Consumer<Site> bind) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Where a binder is bound, and what is closed thereafter. */
    record Site(MeterRegistry registry, List<AutoCloseable> open) {
        ExecutorService pool() {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            open.add(pool::shutdownNow);
            return pool;
        }

        <T extends AutoCloseable> T keep(T closeable) {
            open.add(closeable);
            return closeable;
        }
    }
}
