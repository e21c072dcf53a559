package io.loom.metrics.prometheus.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs so many tasks at once, and refuses more. The JDK's server reads a request, answers it and waits for its client in one
 * task, and closes the connection where the task is refused. Thread-safe; nobody waits.
 */
final class ConnectionLimit implements Executor {
    private final Executor threads;
    private final int limit;
    private final AtomicInteger running = new AtomicInteger();

    ConnectionLimit(Executor threads, int limit) {
        this.threads = threads;
        this.limit = limit;
    }

    @Override
    public void execute(Runnable task) {
        if (running.incrementAndGet() > limit) {
            running.decrementAndGet();
            throw new RejectedExecutionException(limit + " connections are being served, which is the limit");
        }
        boolean taken = false;
        try {
            threads.execute(() -> run(task));
            taken = true;
        } finally {
            if (!taken) {
                running.decrementAndGet();
            }
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            running.decrementAndGet();
        }
    }
}
