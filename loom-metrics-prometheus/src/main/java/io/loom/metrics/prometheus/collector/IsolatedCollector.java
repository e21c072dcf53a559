package io.loom.metrics.prometheus.collector;

import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A foreign collector, which is called once at a time. Thread-safe. */
final class IsolatedCollector {
    private final String name;
    private final MultiCollector collector;
    private final Duration timeout;
    private final int seriesLimit;
    private final AtomicReference<@Nullable CollectorCall> underWay = new AtomicReference<>();

    IsolatedCollector(String name, MultiCollector collector, Duration timeout, int seriesLimit) {
        this.name = name;
        this.collector = collector;
        this.timeout = timeout;
        this.seriesLimit = seriesLimit;
    }

    String name() {
        return name;
    }

    /** {@return the call that is under way, or a new one} */
    CollectorCall call(Executor threads) {
        CollectorCall fresh = new CollectorCall(timeout);
        CollectorCall before = underWay.compareAndExchange(null, fresh);
        if (before != null) {
            return before;
        }
        try {
            threads.execute(() -> run(fresh));
        } catch (RejectedExecutionException | OutOfMemoryError e) { // closed meanwhile, or no thread is to be had
            end(fresh, Collected.nothing(CollectorFailure.FAILED, e));
        }
        return fresh;
    }

    /** Whatever is thrown here is the collector's fault, or hits it alone. */
    private void run(CollectorCall call) {
        Collected collected;
        try {
            collected = Checked.of(collector.collect(), seriesLimit);
        } catch (Throwable e) {
            collected = Collected.nothing(CollectorFailure.FAILED, e);
        }
        end(call, collected);
    }

    /** First makes room: who sees the result may begin the next call. */
    private void end(CollectorCall call, Collected collected) {
        underWay.set(null);
        call.end(collected);
    }
}
