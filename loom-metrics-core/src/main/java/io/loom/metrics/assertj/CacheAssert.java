package io.loom.metrics.assertj;

import io.loom.metrics.catalogue.LoomMeter;

/** Assertions on one cache. */
public final class CacheAssert {
    private final Readings readings;
    private final String cacheType;

    CacheAssert(Readings readings, String cacheType) {
        this.readings = readings;
        this.cacheType = cacheType;
    }

    /** Fails unless it had the answer so often. */
    public CacheAssert hasHits(long expected) {
        readings.requireCount(LoomMeter.CACHE_HITS, expected, cacheType);
        return this;
    }

    /** Fails unless it did not have the answer so often. */
    public CacheAssert hasMisses(long expected) {
        readings.requireCount(LoomMeter.CACHE_MISSES, expected, cacheType);
        return this;
    }

    /** Fails unless it let go of so many entries. */
    public CacheAssert hasEvictions(long expected) {
        readings.requireCount(LoomMeter.CACHE_EVICTIONS, expected, cacheType);
        return this;
    }
}
