package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The look-ups, loads and evictions of one cache.
 *
 * <p>Thread-safe. Recording never throws, takes no lock and allocates nothing. Resolve a handle once and keep it.
 */
public final class CacheMeter {
    private final Registrar registrar;
    private final String cacheType;
    private final CounterSeries hits;
    private final CounterSeries misses;
    private final CounterSeries evictions;
    private final TimerSeries loads;
    private final AtomicReference<@Nullable LongSupplier> entries = new AtomicReference<>();

    CacheMeter(Registrar registrar, String cacheType) {
        this.registrar = registrar;
        this.cacheType = cacheType;
        this.hits = CounterSeries.register(registrar, LoomMeter.CACHE_HITS.spec(), cacheType);
        this.misses = CounterSeries.register(registrar, LoomMeter.CACHE_MISSES.spec(), cacheType);
        this.evictions = CounterSeries.register(registrar, LoomMeter.CACHE_EVICTIONS.spec(), cacheType);
        this.loads = TimerSeries.register(registrar, LoomMeter.CACHE_LOAD_DURATION.spec(), cacheType);
    }

    /** The cache had the answer. */
    public void hit() {
        hits.increment();
    }

    /**
     * The cache had so many answers of those that were asked for together.
     *
     * @param count 0 or more
     */
    public void hits(long count) {
        hits.increment((double) count);
    }

    /** The cache did not have the answer. */
    public void miss() {
        misses.increment();
    }

    /** Like {@link #hits(long)}, of answers that it did not have. */
    public void misses(long count) {
        misses.increment((double) count);
    }

    /** The cache let go of an entry, to make room or because it was too old. */
    public void evicted() {
        evictions.increment();
    }

    /**
     * The cache had an answer made.
     *
     * @param elapsed how long that took, 0 to 365 days
     */
    public void loaded(@Nullable Duration elapsed) {
        loads.record(elapsed);
    }

    /**
     * Shows how many entries the cache holds; the last function counts.
     *
     * @param count is asked at each scrape, and held strongly until the {@link LoomMetrics} is closed; one that throws shows NaN
     */
    public void entries(LongSupplier count) {
        if (entries.getAndSet(count) == null) {
            registrar.gauge(LoomMeter.CACHE_ENTRIES.spec(), this::countEntries, cacheType);
        }
    }

    private double countEntries() {
        LongSupplier count = entries.get();
        return count == null ? Double.NaN : count.getAsLong();
    }
}
