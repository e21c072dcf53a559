package io.loom.metrics.prometheus;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How interleavings of threads are looked for: what all tests of them have in common. */
public final class Interleavings {
    private Interleavings() {}

    /** Two calls on each thread, then one, none of which may wait for another. */
    public static ModelCheckingOptions of(int threads) {
        return new ModelCheckingOptions()
                .threads(threads)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1)
                .minimizeFailedScenario(false) // small enough
                .checkObstructionFreedom(true);
    }
}
