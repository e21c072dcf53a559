package io.loom.metrics.spi;

/**
 * Where durations are recorded that something else has counted. Thread-safe; recording takes no lock.
 *
 * <p>A class, of which HotSpot knows the only implementation there is; where several implement an interface, it asks each object.
 */
public abstract class Durations {
    /**
     * Records a duration.
     *
     * @param nanos not negative
     */
    public abstract void put(long nanos);
}
