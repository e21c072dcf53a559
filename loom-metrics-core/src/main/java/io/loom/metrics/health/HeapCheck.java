package io.loom.metrics.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Whether the heap fills up: what was in use after the last collections, as a ratio of what there may be. Garbage that nobody has
 * collected yet does not count. Degraded from 0.85 on and unhealthy from 0.95 on, unless other limits are set. Immutable and
 * thread-safe.
 */
public final class HeapCheck implements HealthCheck {
    private static final double DEGRADED = 0.85;
    private static final double UNHEALTHY = 0.95;
    private static final long MIB = 1 << 20;

    private final LongSupplier used;
    private final long max;
    private final double degraded;
    private final double unhealthy;

    HeapCheck(LongSupplier used, long max, double degraded, double unhealthy) {
        this.used = used;
        this.max = max;
        this.degraded = degraded;
        this.unhealthy = unhealthy;
    }

    /** {@return a check of this JVM's heap} */
    public static HeapCheck of() {
        return new HeapCheck(
                HeapCheck::usedAfterCollection, Runtime.getRuntime().maxMemory(), DEGRADED, UNHEALTHY);
    }

    /**
     * {@return a check with other limits}
     *
     * @param degraded the ratio from which on it is degraded; positive
     * @param unhealthy the ratio from which on it is unhealthy; no less
     * @throws IllegalArgumentException where they are not
     */
    public HeapCheck limits(double degraded, double unhealthy) {
        Limits.rising("heap limits", degraded, unhealthy);
        return new HeapCheck(used, max, degraded, unhealthy);
    }

    @Override
    public HealthResult check() {
        long bytes = used.getAsLong();
        double ratio = (double) bytes / max;
        String details = bytes / MIB + " MiB of " + max / MIB + " MiB in use after the last collection ("
                + OneLine.percent(ratio) + ")";
        if (ratio >= unhealthy) {
            return HealthResult.unhealthy(details);
        }
        return ratio >= degraded ? HealthResult.degraded(details) : HealthResult.healthy(details);
    }

    /** A pool that was not collected yet has 0, one that never is has null; where all are so, all that is in use counts. */
    private static long usedAfterCollection() {
        List<MemoryUsage> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .toList();
        return pools.isEmpty()
                ? ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                : pools.stream().mapToLong(MemoryUsage::getUsed).sum();
    }
}
