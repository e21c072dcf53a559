package io.loom.metrics.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
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
        try (HidingLoader loader = HidingLoader.create()) {
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

    /** Loads the class path once more, as if the servlet API were not on it. */
    private static final class HidingLoader extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        private HidingLoader(URL[] classPath) {
            super(classPath, ClassLoader.getPlatformClassLoader());
        }

        static HidingLoader create() throws MalformedURLException {
            String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
            URL[] classPath = new URL[entries.length];
            for (int i = 0; i < entries.length; i++) {
                classPath[i] = Path.of(entries[i]).toUri().toURL();
            }
            return new HidingLoader(classPath);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.servlet.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
