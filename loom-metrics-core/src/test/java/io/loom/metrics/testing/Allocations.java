package io.loom.metrics.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much a thread allocates. */
public final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 100_000;
    private static final int ROUNDS = 5;

    private Allocations() {}

    /**
     * {@return the bytes that 100,000 calls of {@code work} allocate on this thread: the least of a few rounds, so that what
     * the JVM itself allocates now and then does not count}
     */
    public static long bytesOf(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
