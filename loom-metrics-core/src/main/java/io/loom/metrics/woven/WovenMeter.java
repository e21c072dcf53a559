package io.loom.metrics.woven;

import org.jspecify.annotations.Nullable;

/** What is recorded of the calls of one method by one annotation. Thread-safe. */
sealed interface WovenMeter permits WovenTimer, WovenCounter {
    /**
     * Records that a call has ended.
     *
     * @param tags the values of the method's own tags, in order; null for one that is unknown
     */
    void ended(long nanos, Outcome outcome, @Nullable String[] tags);
}
