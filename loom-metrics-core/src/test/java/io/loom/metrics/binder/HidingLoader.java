package io.loom.metrics.binder;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** Loads the test's class path once more, but for some packages, as if their libraries were not there. */
public final class HidingLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<String> hidden;

    private HidingLoader(URL[] classPath, List<String> hidden) {
        super(classPath, ClassLoader.getPlatformClassLoader());
        this.hidden = hidden;
    }

    /** {@return a loader that does not find what begins with any of {@code packages}, which end with a dot} */
    public static HidingLoader hiding(List<String> packages) throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] classPath = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            classPath[i] = Path.of(entries[i]).toUri().toURL();
        }
        return new HidingLoader(classPath, packages);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hidden.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }
}
