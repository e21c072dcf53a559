package io.loom.metrics.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Whether the heap fills up: what was in use after the last collections, as a ratio of what there may be. Garbage that nobody has
 * collected yet does not count. Degraded from 0.85 on and unhealthy from 0.95 on, unless other limits are set. Immutable and
 * thread-safe.
 */
public final class HeapCheck implements HealthCheck {
    private static final double DEGRADED = 0.85;
    private static final double UNHEALTHY = 0.95;
    private static final long MIB = 1 << 20;
    private static final Pattern YOUNG = Pattern.compile("Eden|Survivor|Young");

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

    private static long usedAfterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(HeapCheck::usedAfterCollection)
                .sum();
    }

    /**
     * Young objects are most of them garbage, so a pool of these counts as it was after a collection. Old ones count as they are
     * where no collection of theirs is known yet, which is 0: G1 has such of its own only now and then.
     */
    private static long usedAfterCollection(MemoryPoolMXBean pool) {
        MemoryUsage collected = pool.getCollectionUsage();
        long used = pool.getUsage().getUsed();
        if (collected == null
                || (collected.getUsed() == 0 && !YOUNG.matcher(pool.getName()).find())) {
            return used;
        }
        return Math.min(used, collected.getUsed());
    }
}
