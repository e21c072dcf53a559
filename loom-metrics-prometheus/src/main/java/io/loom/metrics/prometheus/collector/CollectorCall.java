package io.loom.metrics.prometheus.collector;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call of a collector, for all scrapes that come while it is under way. Thread-safe. */
final class CollectorCall {
    private static final Collected LATE = Collected.nothing(CollectorFailure.LATE, null);

    private final CompletableFuture<Collected> result = new CompletableFuture<>();
    private final long giveUpNanos;

    /**
     * Creates a call that begins now.
     *
     * @param timeout after which nobody waits for it any more
     */
    CollectorCall(Duration timeout) {
        this.giveUpNanos = System.nanoTime() + timeout.toNanos();
    }

    void end(Collected collected) {
        result.complete(collected);
    }

    /** Waits until the deadline, or until nobody waits any more. What one scrape has no time for, another may have. */
    Collected await(long deadlineNanos) {
        long now = System.nanoTime();
        long wait = Math.min(deadlineNanos - now, giveUpNanos - now);
        try {
            return result.get(Math.max(0, wait), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return LATE;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // calls end with a result
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LATE;
        }
    }
}
