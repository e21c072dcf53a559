package io.loom.metrics.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same thing at the same moment. */
public final class Rivals {
    public static final int THREADS = 8;

    private Rivals() {}

    /** Runs {@code work} on {@value #THREADS} threads at once, each with its number, and returns what each returned. */
    public static <T> List<T> race(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return work.run(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a rival does. */
    @FunctionalInterface
    public interface Work<T> {
        T run(int number) throws Exception;
    }
}
