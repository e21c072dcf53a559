package io.loom.metrics.spi;

/** A counter to which a whole amount can be added as it is: not as a double, from which it would be made whole again. Thread-safe. */
public interface WholeCounter {
    /**
     * Adds {@code amount}.
     *
     * @param amount not negative
     */
    void add(long amount);
}
