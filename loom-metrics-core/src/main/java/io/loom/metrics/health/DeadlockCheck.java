package io.loom.metrics.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds platform threads that wait for each other's locks for ever. Stateless and thread-safe. */
final class DeadlockCheck implements HealthCheck {
    @Override
    public HealthResult check() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] ids = threads.findDeadlockedThreads();
        if (ids == null) {
            return HealthResult.healthy("no deadlock");
        }
        String names = Arrays.stream(threads.getThreadInfo(ids))
                .filter(Objects::nonNull) // ended meanwhile
                .map(ThreadInfo::getThreadName)
                .collect(Collectors.joining(", "));
        return HealthResult.unhealthy("these threads wait for each other: " + names);
    }
}
