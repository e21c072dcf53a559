package io.loom.metrics;

import io.loom.metrics.catalogue.LoomMeter;

/**
 * The look-ups of one cache: {@code loom_cache_hits_total} and {@code loom_cache_misses_total}.
 *
 * <p>Thread-safe. Recording never throws, takes no lock and allocates nothing. Resolve a handle once and keep it.
 */
public final class CacheMeter {
    private final CounterSeries hits;
    private final CounterSeries misses;

    CacheMeter(Registrar registrar, String cacheType) {
        this.hits = CounterSeries.register(registrar, LoomMeter.CACHE_HITS.spec(), cacheType);
        this.misses = CounterSeries.register(registrar, LoomMeter.CACHE_MISSES.spec(), cacheType);
    }

    /** The cache had the answer. */
    public void hit() {
        hits.increment();
    }

    /** The cache did not have the answer. */
    public void miss() {
        misses.increment();
    }
}
