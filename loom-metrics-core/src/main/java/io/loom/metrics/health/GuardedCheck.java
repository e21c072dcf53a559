package io.loom.metrics.health;

import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A check that is called once at a time, and answers in time whatever it does. Thread-safe.
 *
 * <p>The time is kept by the JDK's own thread for such futures, so nothing has to be started or stopped.
 */
final class GuardedCheck {
    private final String name;
    private final HealthCheck check;
    private final Duration timeout;
    private final Clock clock;
    private final AtomicReference<@Nullable CompletableFuture<HealthReport.Component>> underWay =
            new AtomicReference<>();

    GuardedCheck(String name, HealthCheck check, Duration timeout, Clock clock) {
        this.name = name;
        this.check = check;
        this.timeout = timeout;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** {@return the answer of the call that is under way, or of a new one} One that hangs has been answered for already. */
    CompletableFuture<HealthReport.Component> call(Executor threads) {
        CompletableFuture<HealthReport.Component> answer = new CompletableFuture<>();
        CompletableFuture<HealthReport.Component> before = underWay.compareAndExchange(null, answer);
        if (before != null) {
            return before;
        }
        try {
            answer.completeOnTimeout(late(), timeout.toNanos(), TimeUnit.NANOSECONDS);
            threads.execute(() -> run(answer));
        } catch (RejectedExecutionException e) {
            end(answer, component(HealthResult.unhealthy("the checks are closed"), Duration.ZERO));
        } catch (OutOfMemoryError e) { // no thread is to be had
            end(answer, component(HealthResult.unhealthy(OneLine.of(e)), Duration.ZERO));
        }
        return answer;
    }

    private void run(CompletableFuture<HealthReport.Component> answer) {
        long start = clock.monotonicTime();
        HealthResult result = result();
        end(answer, component(result, Duration.ofNanos(clock.monotonicTime() - start)));
    }

    /** Whatever is thrown here is the check's fault, or hits it alone. */
    private HealthResult result() {
        try {
            HealthResult result = check.check();
            return result == null ? HealthResult.unhealthy("it gave no result") : result;
        } catch (Throwable e) {
            return HealthResult.unhealthy(OneLine.of(e));
        }
    }

    /** First makes room: who sees the answer may begin the next call. */
    private void end(CompletableFuture<HealthReport.Component> answer, HealthReport.Component component) {
        underWay.set(null);
        answer.complete(component);
    }

    private HealthReport.Component late() {
        String text = "timed out after " + OneLine.of(timeout) + "; it is not called again until it has returned";
        return component(HealthResult.unhealthy(text), timeout);
    }

    private static HealthReport.Component component(HealthResult result, Duration duration) {
        return new HealthReport.Component(result.status(), result.details(), duration);
    }
}
