package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loom.metrics.prometheus.HidingLoader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever has no servlets does without those classes alone. */
class AbsentServletTest {
    private static final Set<String> SERVLETS =
            Set.of(MetricsServlet.class.getName(), MonitoringServlet.class.getName());

    @Test
    void classes_butTheServlets_needNoServletApi() throws Exception {
        try (HidingLoader loader = HidingLoader.of("jakarta.servlet.")) {
            List<String> names = classesOfThisRoom();

            assertThat(names).hasSizeGreaterThan(15).contains(MetricsServer.class.getName());
            for (String name : names) {
                if (SERVLETS.contains(name)) {
                    assertThatThrownBy(() -> Class.forName(name, true, loader))
                            .isInstanceOf(NoClassDefFoundError.class);
                } else {
                    assertThatCode(() -> Class.forName(name, true, loader).getDeclaredMethods())
                            .as(name)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private static List<String> classesOfThisRoom() throws Exception {
        Path classes = Path.of(MetricsServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String room = MetricsServer.class.getPackageName();
        try (Stream<Path> files = Files.list(classes.resolve(room.replace('.', File.separatorChar)))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> room + '.' + file.substring(0, file.length() - ".class".length()))
                    .toList();
        }
    }
}
