package io.loom.metrics.weaving;

import java.io.IOException;
import java.security.ProtectionDomain;
import net.bytebuddy.agent.builder.AgentBuilder.ClassFileBufferStrategy;
import net.bytebuddy.agent.builder.AgentBuilder.PoolStrategy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the class that a thread is transforming: they are the ones to ask whether it is woven already. The file that its
 * loader has may be another one, or there may be none. Thread-safe.
 */
final class TransformedBytes implements ClassFileBufferStrategy, ClassFileLocator {
    private static final ClassFileBufferStrategy BUFFER = ClassFileBufferStrategy.Default.RETAINING;

    private static final ThreadLocal<ClassFileLocator> CURRENT = new ThreadLocal<>();

    @Override
    public ClassFileLocator resolve(
            String name,
            byte[] classFile,
            @Nullable ClassLoader loader,
            @Nullable JavaModule module,
            @Nullable ProtectionDomain domain) {
        ClassFileLocator locator = BUFFER.resolve(name, classFile, loader, module, domain);
        CURRENT.set(locator);
        return locator;
    }

    @Override
    public TypePool typePool(PoolStrategy pool, ClassFileLocator locator, @Nullable ClassLoader loader, String name) {
        return BUFFER.typePool(pool, locator, loader, name);
    }

    @Override
    public Resolution locate(String name) throws IOException {
        ClassFileLocator known = CURRENT.get();
        return known == null ? new Resolution.Illegal(name) : known.locate(name);
    }

    /** Forgets what the thread has transformed. */
    void clear() {
        CURRENT.remove();
    }

    @Override
    public void close() {}
}
