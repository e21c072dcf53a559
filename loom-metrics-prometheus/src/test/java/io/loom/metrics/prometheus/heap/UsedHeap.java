package io.loom.metrics.prometheus.heap;

import java.lang.ref.Reference;

/** How much of the heap is in use. */
final class UsedHeap {
    private static final int COLLECTIONS = 5;

    private UsedHeap() {}

    /** {@return the bytes in use while {@code held} is held: the least of some collections} */
    static long with(Object held) {
        try {
            Runtime runtime = Runtime.getRuntime();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            }
            return least;
        } finally {
            Reference.reachabilityFence(held);
        }
    }
}
