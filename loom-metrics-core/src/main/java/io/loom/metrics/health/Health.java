package io.loom.metrics.health;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Whether the service is well, by its checks.
 *
 * <pre>{@code
 * Health health = Health.builder()
 *         .check("heap", HeapCheck.of())
 *         .check("openai", LlmProviderCheck.of(registry, "openai"))
 *         .build();
 * health.report().status();
 * }</pre>
 *
 * <p>Thread-safe, without a lock. Checks run at the same time, on daemon threads of their own, of which there are no more than
 * checks. Who asks while they run shares their answers, and who asks soon after gets the same ones. A check that hangs is
 * unhealthy when its timeout is over. It delays nobody longer, and is not called again until it has returned. A deadlock of
 * threads is looked for as well, as the component {@code deadlock}.
 */
public final class Health implements AutoCloseable {
    static final String DEADLOCK = "deadlock";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ExecutorService threads;
    private final Set<String> readiness;
    private final Latest<Round> all;
    private final Latest<Round> liveness;

    Health(List<GuardedCheck> checks, Set<String> readiness, Duration cacheTime, Clock clock) {
        this.threads = Daemons.pool("loom-health", checks.size());
        this.readiness = readiness;
        this.all = rounds(checks, cacheTime, clock);
        List<GuardedCheck> deadlock =
                checks.stream().filter(check -> check.name().equals(DEADLOCK)).toList();
        this.liveness = rounds(deadlock, cacheTime, clock);
    }

    /** {@return a builder} */
    public static HealthBuilder builder() {
        return new HealthBuilder();
    }

    /** {@return what all checks found; waits for the slowest, up to its timeout} */
    public HealthReport report() {
        return all.get().report(name -> true);
    }

    /** {@return whether to send requests here, by the checks that count for that; waits for the slowest of them} */
    public HealthReport ready() {
        return all.get().report(readiness::contains);
    }

    /** {@return whether the process is alive, which it is unless threads wait for each other for ever} */
    public HealthReport live() {
        return liveness.get().report(name -> true);
    }

    /** Calls no check any more, and interrupts those that hang. What is asked for later is unhealthy. */
    @Override
    public void close() {
        Daemons.end(threads, PATIENCE);
    }

    private Latest<Round> rounds(List<GuardedCheck> checks, Duration cacheTime, Clock clock) {
        return new Latest<>(
                () -> new Round(checks, clock), round -> round.begin(threads), round -> round.isFresh(cacheTime));
    }
}
