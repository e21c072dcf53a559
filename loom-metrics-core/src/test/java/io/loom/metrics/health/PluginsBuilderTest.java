package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.loom.metrics.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsBuilderTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PluginsBuilder builder = Plugins.builder(registry).interval(Duration.ofHours(1));

    @TempDir
    private Path services;

    @Test
    void discover_besideAFileThatCannotBeRead_findsTheOthers(@TempDir Path broken) throws IOException {
        provide(broken, Other.class.getName(), "not a class name");
        provide(services, Good.class.getName());
        URL[] both = {broken.toUri().toURL(), services.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(both, getClass().getClassLoader());
                LogLines log = new LogLines(Plugins.class, "monitor plugin");
                Plugins plugins = builder.discover(loader).start()) {
            assertThat(plugins.names()).containsExactly("good");
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("a monitor plugin cannot be made, and is left out: ServiceConfigurationError: ");
        }
    }

    @Test
    void discover_leavesOutPluginsThatCannotBeMadeOrNamed() throws IOException {
        provide(
                services,
                Good.class.getName(),
                "org.example.Gone",
                Throwing.class.getName(),
                Nameless.class.getName(),
                Same.class.getName(),
                Other.class.getName());
        try (URLClassLoader loader = loader();
                LogLines log = new LogLines(Plugins.class, "monitor plugin");
                Plugins plugins = builder.discover(loader).start()) {
            assertThat(plugins.names()).containsExactly("good", "other");
            assertThat(log.warnings()).hasSize(4);
            assertThat(log.warnings().get(2))
                    .isEqualTo("the monitor plugin " + Nameless.class.getName()
                            + " is left out: NullPointerException: plugin name");
            assertThat(log.warnings().get(3))
                    .isEqualTo("the monitor plugin " + Same.class.getName()
                            + " is left out: IllegalArgumentException: plugin names must be distinct: \"good\" is there"
                            + " already. Rename one of them.");
        }
    }

    @Test
    void discover_byTheContextClassLoader_isTheDefault() throws IOException {
        provide(services, Good.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = loader()) {
            thread.setContextClassLoader(loader);
            try (Plugins plugins = builder.discover().start()) {
                assertThat(plugins.names()).containsExactly("good");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void start_withoutPlugins_doesNothing() {
        try (Plugins plugins = builder.start()) {
            assertThat(plugins.names()).isEmpty();
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void failures_areAtZeroFromTheStart() {
        try (Plugins plugins = builder.plugin(new Good()).start()) {
            assertThat(plugins.names()).containsExactly("good");
            assertThat(registry.get("loom.metrics.plugin.failures")
                            .tag("plugin", "good")
                            .counter()
                            .count())
                    .isZero();
        }
    }

    @Test
    void builder_whatCannotBe_isRefused() {
        builder.plugin(new Good());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.plugin(new Same()))
                .withMessage("plugin names must be distinct: \"good\" is there already. Rename one of them.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.plugin(TestPlugin.of("a b", Map::of)))
                .withMessage("plugin name must match [A-Za-z0-9_.-]{1,64}: was \"a b\"");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.plugin(new Nameless()))
                .withMessage("plugin name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.interval(Duration.ZERO))
                .withMessage("interval of plugins must be positive and at most an hour: was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeout(Duration.ofHours(2)))
                .withMessage("timeout of plugins must be positive and at most an hour: was PT2H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.seriesLimit(0))
                .withMessage("series limit of plugins must be at least 1: was 0");
    }

    private static void provide(Path jar, String... classes) throws IOException {
        Path directory = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(directory.resolve(MonitorPlugin.class.getName()), String.join("\n", classes) + "\n");
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(
                new URL[] {services.toUri().toURL()}, getClass().getClassLoader());
    }

    public static class Good implements MonitorPlugin {
        @Override
        public String name() {
            return "good";
        }

        @Override
        public Map<String, MetricValue> collectMetrics() {
            return Map.of();
        }
    }

    public static class Same extends Good {}

    public static class Other extends Good {
        @Override
        public String name() {
            return "other";
        }
    }

    public static class Nameless extends Good {
        @Override
        public String name() {
            return null;
        }
    }

    public static class Throwing extends Good {
        public Throwing() {
            throw new IllegalStateException("no driver");
        }
    }
}
