package io.loom.metrics.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads, by reflection: the tests are compiled for JDK 17. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** {@return whether this JDK has them} */
    public static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** {@return an executor with a virtual thread for each task; the test is skipped where there are none} */
    public static ExecutorService executor() throws ReflectiveOperationException {
        assumeTrue(exist(), "virtual threads need JDK 21");
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    /** {@return whether {@code thread} is one} */
    public static boolean isOne(Thread thread) throws ReflectiveOperationException {
        return exist() && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
    }
}
