package io.loom.metrics.spi;

/**
 * Where a duration goes that {@link CountedDurations#counted} was called for. Thread-safe; recording takes no lock.
 *
 * <p>A class and no interface: as long as nothing is traced there is one implementation, and HotSpot need not ask an object which
 * it has.
 */
public abstract class Durations {
    /**
     * Records a duration.
     *
     * @param nanos not negative
     */
    public abstract void put(long nanos);
}
