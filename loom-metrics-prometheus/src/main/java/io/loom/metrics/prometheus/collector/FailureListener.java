package io.loom.metrics.prometheus.collector;

import org.jspecify.annotations.Nullable;

/** Is told what foreign collectors do wrong; from any thread. */
public interface FailureListener {
    /** Collectors are about to be called. */
    void begins();

    /**
     * A collector failed.
     *
     * @param collector its name
     * @param what what it threw, or the family that is left out; null where neither is known
     */
    void failed(String collector, CollectorFailure failure, @Nullable Object what);
}
