package io.loom.metrics.prometheus.benchmarks;

/**
 * The heap of a service that has run for a while. What was registered lies between garbage until a collection moves it together,
 * and a side that allocates nothing would never see one.
 */
final class Settled {
    private Settled() {}

    /** Collects the garbage. */
    static void settle() {
        System.gc();
    }
}
