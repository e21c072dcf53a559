package io.loom.metrics.prometheus.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that made it when its time is up. A thread that waits for a channel, be it to read or to write, finds
 * the channel closed then ({@link java.nio.channels.InterruptibleChannel}). Closing the exchange from another thread would not
 * do: it would wait for the very stream that hangs.
 *
 * <p>The time is kept by the JDK's own thread for such futures, so nothing has to be started or stopped.
 */
final class Watch {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<Boolean> interrupted;

    Watch(Duration limit) {
        Thread watched = Thread.currentThread();
        this.interrupted = end.handle((none, timeout) -> {
            if (timeout != null) {
                watched.interrupt();
            }
            return timeout != null;
        });
        end.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it. The thread is not interrupted any more when this returns, and will not be. */
    void end() {
        end.complete(null);
        if (interrupted.join()) { // waits for an interruption that is on its way
            Thread.interrupted();
        }
    }
}
