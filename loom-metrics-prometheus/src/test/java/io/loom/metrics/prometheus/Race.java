package io.loom.metrics.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the same work on many threads that start together, and waits for all of them. */
public final class Race {
    private static final long PATIENCE_SECONDS = 300;

    private Race() {}

    /** Runs {@code work} on platform threads; throws what the first of them threw. */
    public static void run(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            run(pool, threads, work);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Runs {@code work} as so many tasks of {@code threads}, which must be able to run all of them at once. */
    public static void run(ExecutorService threads, int tasks, Work work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            int number = i;
            running.add(threads.submit(() -> {
                start.await();
                work.run(number);
                return null;
            }));
        }
        start.countDown();
        for (Future<?> task : running) {
            task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    public interface Work {
        /** Does it, knowing which thread of the race it is, from 0. */
        void run(int number) throws Exception;
    }
}
