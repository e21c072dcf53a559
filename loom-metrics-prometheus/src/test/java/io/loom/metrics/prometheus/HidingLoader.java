package io.loom.metrics.prometheus;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Loads the class path once more, as if a part of it were not there. */
public final class HidingLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final String hidden;

    private HidingLoader(URL[] classPath, String hidden) {
        super(classPath, ClassLoader.getPlatformClassLoader());
        this.hidden = hidden;
    }

    /**
     * {@return a loader of the class path}
     *
     * @param hidden what the names of those classes begin with that it does not find
     */
    public static HidingLoader of(String hidden) throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] classPath = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            classPath[i] = Path.of(entries[i]).toUri().toURL();
        }
        return new HidingLoader(classPath, hidden);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(hidden)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }
}
