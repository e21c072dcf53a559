package io.loom.metrics.prometheus.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that serve requests: virtual ones where the JDK has them, else a pool of daemons that grows to a limit. */
final class ServerThreads {
    private static final long IDLE_SECONDS = 10;

    private ServerThreads() {}

    static ExecutorService start(String name, int limit) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return growingPool(name, limit); // before JDK 21
        }
    }

    /** A pool prefers its queue to a new thread beyond its core size, so all of it is core, and all of it may time out. */
    private static ExecutorService growingPool(String name, int limit) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                limit, limit, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
