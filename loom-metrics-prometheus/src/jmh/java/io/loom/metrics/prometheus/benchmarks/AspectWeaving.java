package io.loom.metrics.prometheus.benchmarks;

import io.micrometer.core.aop.TimedAspect;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.aspectj.weaver.tools.WeavingAdaptor;

/** Weaves a class by AspectJ with the aspects of Micrometer's own jar. */
final class AspectWeaving {
    private AspectWeaving() {}

    static Runnable instance(Class<? extends Runnable> type) throws ReflectiveOperationException {
        try {
            Map<String, byte[]> woven = new HashMap<>(); // the class, and closures that AspectJ makes for it
            URL aspects =
                    TimedAspect.class.getProtectionDomain().getCodeSource().getLocation();
            WeavingAdaptor weaver =
                    new WeavingAdaptor((name, none, bytes) -> woven.put(name, bytes), classPath(), new URL[] {aspects});
            woven.put(type.getName(), weaver.weaveClass(type.getName(), classFile(type)));
            return (Runnable)
                    new Loader(woven).loadClass(type.getName()).getConstructor().newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] classPath() {
        String jdk =
                Path.of(System.getProperty("java.home"), "lib", "jrt-fs.jar").toString();
        String[] program = System.getProperty("java.class.path").split(File.pathSeparator);
        return Stream.concat(Stream.of(jdk), Arrays.stream(program))
                .map(AspectWeaving::url)
                .toArray(URL[]::new);
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream file = type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
            return file.readAllBytes();
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** Has classes of its own. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classFiles;

        Loader(Map<String, byte[]> classFiles) {
            super(AspectWeaving.class.getClassLoader());
            this.classFiles = classFiles;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] classFile = classFiles.get(name);
            if (classFile == null) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defineClass(name, classFile, 0, classFile.length);
        }
    }
}
