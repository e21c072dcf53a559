package io.loom.metrics.examples.traffic;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Several readers at once, who send a bounded number of requests a second, and a line every few seconds on what they saw. */
public final class TrafficGenerator implements AutoCloseable {
    private static final int MAX_READERS = 64;
    private static final int MIN_READERS = 2;
    private static final int REPORT_SECONDS = 5;
    private static final int STOP_SECONDS = 5;

    /** In the order in which they stop: the readers use the client's threads. */
    private final List<ExecutorService> threads;

    private TrafficGenerator(List<ExecutorService> threads) {
        this.threads = threads;
    }

    /**
     * Starts the readers.
     *
     * @param service where the service is
     * @param perSecond how many requests all of them send a second, at most
     * @param seed what they draw their wishes from
     * @param out gets the lines
     */
    public static TrafficGenerator start(URI service, double perSecond, long seed, Consumer<String> out) {
        ExecutorService readers = threads("traffic-reader");
        ExecutorService io = threads("traffic-io");
        HttpClient client = HttpClient.newBuilder().executor(io).build();
        Pacer pacer = new Pacer(perSecond, System.nanoTime());
        TrafficStats stats = new TrafficStats(System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        double count = Math.max(MIN_READERS, Math.min(MAX_READERS, perSecond / 2));
        for (int i = 0; i < count; i++) {
            readers.execute(new Reader(service, client, pacer, stats, random.split()));
        }
        readers.execute(() -> report(stats, out));
        return new TrafficGenerator(List.of(readers, io));
    }

    /** Stops the readers and waits for them. */
    @Override
    public void close() {
        try {
            for (ExecutorService pool : threads) {
                pool.shutdownNow();
                pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(TrafficStats stats, Consumer<String> out) {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(REPORT_SECONDS);
                out.accept(stats.report(System.nanoTime()).toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
