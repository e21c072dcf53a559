package io.loom.metrics.prometheus.collector;

import io.loom.metrics.prometheus.family.Families;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collectors of others, each apart: one that throws, hangs, floods or lies costs its own lines.
 *
 * <p>Thread-safe, without a lock. Each collector is called on a thread of its own, by one scrape at a time; scrapes that come
 * meanwhile share the answer. A scrape waits until its deadline and no longer. A collector that takes longer than the timeout is
 * not called, nor waited for, until it has returned. Threads are daemons, and end when they are idle.
 */
public final class ForeignCollectors implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final int QUARTERS = 4;
    private static final MetricSnapshots EMPTY = new MetricSnapshots(List.of());
    private static final Collection NOTHING = families -> EMPTY;

    private final List<IsolatedCollector> collectors;
    private final Duration timeout;
    private final FailureListener listener;
    private final ExecutorService threads;

    /**
     * Isolates collectors.
     *
     * @param collectors by their names; where two have a family of one name, that of the first is shown
     * @param timeout how long a scrape waits for them at most
     * @param seriesLimit how many series each may have
     */
    public ForeignCollectors(
            Map<String, MultiCollector> collectors, Duration timeout, int seriesLimit, FailureListener listener) {
        this.timeout = timeout;
        this.collectors = collectors.entrySet().stream()
                .map(entry -> new IsolatedCollector(entry.getKey(), entry.getValue(), timeout, seriesLimit))
                .toList();
        this.listener = listener;
        this.threads = start();
    }

    /**
     * Begins to collect, off this thread. A scrape waits for three quarters of the scraper's time at most: the page has to be
     * there before it gives up.
     *
     * @param names of families or of their samples: only these are wanted; all are where it is empty
     * @param remaining how long the scraper waits from now on
     */
    public Collection begin(Set<String> names, Duration remaining) {
        if (collectors.isEmpty() || threads.isShutdown()) {
            return NOTHING;
        }
        listener.begins();
        Duration share = remaining.dividedBy(QUARTERS).multipliedBy(QUARTERS - 1);
        Duration shorter = share.compareTo(timeout) < 0 ? share : timeout;
        long deadline = System.nanoTime() + shorter.toNanos();
        List<PendingCall> calls = collectors.stream()
                .map(collector -> new PendingCall(collector.name(), collector.call(threads)))
                .toList();
        return families -> {
            Merger merger = new Merger(families, names, listener);
            calls.forEach(call -> call.await(deadline, merger, listener));
            return merger.snapshots();
        };
    }

    /** Calls no collector any more, and interrupts those that hang. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static ExecutorService start() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "loom-collector-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** What has begun, and is waited for. */
    public interface Collection {
        /**
         * Waits for the collectors until their deadline.
         *
         * @param families ours, with which theirs must not clash
         * @return what they have, of what may be on the page
         */
        MetricSnapshots await(Families families);
    }

    private record PendingCall(String collector, CollectorCall call) {
        void await(long deadline, Merger merger, FailureListener listener) {
            Collected collected = call.await(deadline);
            collected.failures().forEach(failure -> listener.failed(collector, failure.kind(), failure.what()));
            merger.add(collector, collected.snapshots());
        }
    }
}
