package io.loom.metrics.health;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the JVM alive. */
final class Daemons {
    private static final long IDLE_SECONDS = 10;

    private Daemons() {}

    static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + '-' + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@return a pool of up to {@code limit} threads, which end when they are idle} A pool prefers its queue beyond its core. */
    static ExecutorService pool(String prefix, int limit) {
        int threads = Math.max(1, limit);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends its threads, and waits a moment for them; {@return whether they have ended} Those that take no notice stay. */
    static boolean end(ExecutorService threads, Duration patience) {
        threads.shutdownNow();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended && deadline - System.nanoTime() > 0) {
            try {
                ended = threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // kept for the caller; the wait is short
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return threads.isTerminated();
    }
}
