package io.loom.metrics.prometheus.collector;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call of a collector, for all scrapes that come while it is under way. Thread-safe. */
final class CollectorCall {
    private static final Collected LATE = Collected.nothing(CollectorFailure.LATE, null);

    private final CompletableFuture<Collected> result = new CompletableFuture<>();
    private volatile boolean late;

    void end(Collected collected) {
        result.complete(collected);
    }

    /** Waits until the deadline; not at all where somebody has waited in vain. */
    Collected await(long deadlineNanos) {
        if (late && !result.isDone()) {
            return LATE;
        }
        try {
            return result.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            late = true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // calls end with a result
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return LATE;
    }
}
