package io.loom.metrics.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
        ClassFileLocator locator = locator(name, classFile);
        TypeDescription type = describe(name, locator);
        if (!plugin.matches(type)) {
            return classFile;
        }
        return plugin.apply(new ByteBuddy().decorate(type, locator), type, locator)
                .make()
                .getBytes();
    }

    /** How often the plugin goes through the methods of a class that it weaves. */
    int readings(Class<?> type) throws IOException {
        ClassFileLocator locator = locator(type.getName(), original(type));
        TypeDescription described = describe(type.getName(), locator);
        AtomicInteger readings = new AtomicInteger();
        TypeDescription counted = (TypeDescription) Proxy.newProxyInstance(
                WovenClasses.class.getClassLoader(),
                new Class<?>[] {TypeDescription.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getDeclaredMethods")) {
                        readings.incrementAndGet();
                    }
                    return method.invoke(described, arguments);
                });
        assertThat(plugin.matches(counted)).isTrue();
        plugin.apply(new ByteBuddy().decorate(described, locator), counted, locator);
        return readings.get();
    }

    private ClassFileLocator locator(String name, byte[] classFile) {
        return new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), files);
    }

    private static TypeDescription describe(String name, ClassFileLocator locator) {
        return TypePool.Default.of(locator).describe(name).resolve();
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
