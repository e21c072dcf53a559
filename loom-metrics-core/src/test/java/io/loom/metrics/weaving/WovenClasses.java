package io.loom.metrics.weaving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import net.bytebuddy.pool.TypePool;

/** Weaves classes of the tests as a build does, and loads them beside those that are not woven. */
final class WovenClasses extends BuildLogger.Adapter {
    private final List<String> warnings = new ArrayList<>();
    private final LoomWeavingPlugin plugin = new LoomWeavingPlugin(this);
    private final ClassFileLocator files = ClassFileLocator.ForClassLoader.of(WovenClasses.class.getClassLoader());

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    List<String> warnings() {
        return warnings;
    }

    boolean concerns(Class<?> type) {
        return plugin.matches(TypeDescription.ForLoadedType.of(type));
    }

    byte[] original(Class<?> type) throws IOException {
        return files.locate(type.getName()).resolve();
    }

    byte[] weave(Class<?> type) throws IOException {
        return weave(type.getName(), original(type));
    }

    /** What the plugin makes of a class file, which may be woven already. */
    byte[] weave(String name, byte[] classFile) {
        ClassFileLocator locator = new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), files);
        TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
        if (!plugin.matches(type)) {
            return classFile;
        }
        return plugin.apply(new ByteBuddy().decorate(type, locator), type, locator)
                .make()
                .getBytes();
    }

    /** A loader that has these classes woven, and all others from the tests' own. */
    ClassLoader loader(Class<?>... types) throws IOException {
        Map<String, byte[]> woven = new HashMap<>();
        for (Class<?> type : types) {
            woven.put(type.getName(), weave(type));
        }
        return new ByteArrayClassLoader.ChildFirst(
                WovenClasses.class.getClassLoader(), woven, ByteArrayClassLoader.PersistenceHandler.MANIFEST);
    }

    /** One class, woven. */
    static Class<?> load(Class<?> type) throws Exception {
        return Class.forName(type.getName(), true, new WovenClasses().loader(type));
    }

    /** What an object of a woven class does; its constructor may be private. */
    @SuppressWarnings("unchecked")
    static <T> T instance(Class<? extends T> type) throws Exception {
        var constructor = load(type).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (T) constructor.newInstance();
    }
}
