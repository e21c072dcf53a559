package io.loom.metrics.binder;

import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;
import com.github.benmanes.caffeine.cache.stats.StatsCounter;
import io.loom.metrics.CacheMeter;
import java.time.Duration;
import java.util.Objects;

/**
 * Tells a {@link CacheMeter} what a Caffeine cache does: hits, misses, evictions and how long loading took. A load that failed
 * is in {@link #snapshot()} only: those that fail fast would flatter the durations.
 *
 * <p>Thread-safe; takes no lock and never throws.
 */
@SuppressWarnings("exports") // who uses it has the library
public final class LoomStatsCounter implements StatsCounter {
    private final CacheMeter meter;
    private final StatsCounter stats = new ConcurrentStatsCounter(); // so that Cache.stats() works as ever

    private LoomStatsCounter(CacheMeter meter) {
        this.meter = Objects.requireNonNull(meter, "meter");
    }

    /** {@return a counter for {@code Caffeine.recordStats}, one for each cache} */
    public static LoomStatsCounter of(CacheMeter meter) {
        return new LoomStatsCounter(meter);
    }

    @Override
    public void recordHits(int count) {
        stats.recordHits(count);
        meter.hits(count);
    }

    @Override
    public void recordMisses(int count) {
        stats.recordMisses(count);
        meter.misses(count);
    }

    @Override
    public void recordLoadSuccess(long loadNanos) {
        stats.recordLoadSuccess(loadNanos);
        meter.loaded(Duration.ofNanos(loadNanos));
    }

    @Override
    public void recordLoadFailure(long loadNanos) {
        stats.recordLoadFailure(loadNanos);
    }

    @Override
    public void recordEviction(int weight, RemovalCause cause) {
        stats.recordEviction(weight, cause);
        meter.evicted();
    }

    @Override
    public CacheStats snapshot() {
        return stats.snapshot();
    }
}
