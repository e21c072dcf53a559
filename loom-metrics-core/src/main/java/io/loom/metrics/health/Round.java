package io.loom.metrics.health;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** One call of each check, for all who ask meanwhile. Thread-safe. */
final class Round {
    private final Clock clock;
    private final Instant time;
    private final Map<GuardedCheck, CompletableFuture<HealthReport.Component>> answers = new LinkedHashMap<>();
    private final CompletableFuture<Long> end;

    /** Calls nothing yet. */
    Round(List<GuardedCheck> checks, Clock clock) {
        this.clock = clock;
        this.time = Instant.ofEpochMilli(clock.wallTime());
        checks.forEach(check -> answers.put(check, new CompletableFuture<>()));
        this.end = CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> clock.monotonicTime());
    }

    /** Calls all checks. Never throws: whoever shares this waits for its answers. */
    @SuppressWarnings("FutureReturnValueIgnored") // what passes an answer on cannot fail
    void begin(Executor threads) {
        answers.forEach((check, answer) -> {
            try {
                check.call(threads).thenAccept(answer::complete);
            } catch (Throwable e) { // the memory or the stack ends
                answer.complete(new HealthReport.Component(HealthStatus.UNHEALTHY, OneLine.of(e), Duration.ZERO));
            }
        });
    }

    /** {@return whether it is under way, or ended less than {@code cacheTime} ago} */
    boolean isFresh(Duration cacheTime) {
        return !end.isDone() || clock.monotonicTime() - end.join() < cacheTime.toNanos();
    }

    /** {@return what the checks of these names found} Waits for them, but not for others, and no longer than their timeouts. */
    HealthReport report(Predicate<String> names) {
        Map<String, HealthReport.Component> components = new LinkedHashMap<>();
        answers.forEach((check, answer) -> {
            if (names.test(check.name())) {
                components.put(check.name(), answer.join()); // an interruption is kept, and changes nothing
            }
        });
        return new HealthReport(time, components);
    }
}
