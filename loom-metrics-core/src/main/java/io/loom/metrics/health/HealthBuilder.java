package io.loom.metrics.health;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link Health}: a timeout of 0.8 seconds for each check, answers that are kept for 5 seconds, all checks count for
 * readiness, the system clock. Not thread-safe.
 */
public final class HealthBuilder {
    /** A probe of Kubernetes waits for a second. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(800);

    private static final Duration DEFAULT_CACHE_TIME = Duration.ofSeconds(5);

    private final Map<String, Pending> checks = new LinkedHashMap<>();
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration cacheTime = DEFAULT_CACHE_TIME;
    private @Nullable Set<String> readiness;
    private Clock clock = Clock.SYSTEM;

    HealthBuilder() {
        checks.put(Health.DEADLOCK, new Pending(new DeadlockCheck(), null));
    }

    /**
     * Adds a check.
     *
     * @param name of its component in reports: letters, digits, {@code _}, {@code .} and {@code -}, at most 64
     * @throws IllegalArgumentException where the name is another, or is taken; {@code deadlock} is
     */
    public HealthBuilder check(String name, HealthCheck check) {
        return add(name, new Pending(Objects.requireNonNull(check, "check"), null));
    }

    /**
     * Adds a check with a timeout of its own.
     *
     * @param name of its component in reports: letters, digits, {@code _}, {@code .} and {@code -}, at most 64
     * @param timeout positive, and at most an hour
     * @throws IllegalArgumentException where the name is another, or is taken; {@code deadlock} is
     */
    public HealthBuilder check(String name, HealthCheck check, Duration timeout) {
        Objects.requireNonNull(check, "check");
        return add(name, new Pending(check, Limits.time("timeout of check " + name, timeout)));
    }

    /**
     * Adds the health of monitor plugins: each is the component {@code plugin.} and its name. One whose metrics cannot all be
     * shown is degraded at best.
     *
     * @throws IllegalArgumentException where a name is taken
     */
    public HealthBuilder plugins(Plugins plugins) {
        plugins.checks().forEach((name, check) -> check("plugin." + name, check));
        return this;
    }

    /**
     * Sets how long each check may take that has no timeout of its own: 0.8 seconds unless it is set.
     *
     * @param timeout positive, and at most an hour
     * @throws IllegalArgumentException where it is not
     */
    public HealthBuilder timeout(Duration timeout) {
        this.timeout = Limits.time("timeout of checks", timeout);
        return this;
    }

    /**
     * Sets for how long after a run its answers are given again: 5 seconds unless it is set.
     *
     * @param cacheTime 0 or longer, and at most an hour
     * @throws IllegalArgumentException where it is not
     */
    public HealthBuilder cacheTime(Duration cacheTime) {
        if (!cacheTime.isZero()) {
            Limits.time("cache time", cacheTime);
        }
        this.cacheTime = cacheTime;
        return this;
    }

    /** Sets which checks count for readiness: all of them unless it is set. Names must have been added when it is built. */
    public HealthBuilder readiness(String... names) {
        this.readiness = new LinkedHashSet<>(List.of(names));
        return this;
    }

    /** Sets what tells the time of reports and their age. Timeouts are real time. */
    public HealthBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * {@return the checks; no thread is started before the first is called}
     *
     * @throws IllegalArgumentException where a check that counts for readiness was not added
     */
    public Health build() {
        Set<String> ready = readiness == null ? Set.copyOf(checks.keySet()) : Set.copyOf(readiness);
        for (String name : ready) {
            if (!checks.containsKey(name)) {
                throw new IllegalArgumentException("checks that count for readiness must be added: \"" + name
                        + "\" is none of " + checks.keySet());
            }
        }
        List<GuardedCheck> guarded = new ArrayList<>();
        checks.forEach((name, pending) -> guarded.add(
                new GuardedCheck(name, pending.check, pending.timeout == null ? timeout : pending.timeout, clock)));
        return new Health(List.copyOf(guarded), ready, cacheTime, clock);
    }

    private HealthBuilder add(String name, Pending pending) {
        Limits.name("check", name);
        if (checks.putIfAbsent(name, pending) != null) {
            throw new IllegalArgumentException(
                    "check names must be distinct: \"" + name + "\" is there already. Rename one of them.");
        }
        return this;
    }

    private record Pending(HealthCheck check, @Nullable Duration timeout) {}
}
