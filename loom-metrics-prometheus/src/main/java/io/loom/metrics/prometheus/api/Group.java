package io.loom.metrics.prometheus.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one subject at some time. Immutable.
 *
 * @param measures in the order of {@link Figure#in}; null where there was no sample
 */
@SuppressWarnings("ArrayRecordComponent") // equals is our own
record Group(@Nullable Measure[] measures) {
    /** {@return the same, made of what an earlier one has already} */
    Group sharing(Group earlier) {
        @Nullable Measure[] shared = measures.clone();
        for (int i = 0; i < shared.length; i++) {
            shared[i] = shared(shared[i], earlier.measures[i]);
        }
        return equals(earlier) ? earlier : new Group(shared);
    }

    private static @Nullable Measure shared(@Nullable Measure measure, @Nullable Measure known) {
        if (measure == null || measure.equals(known)) {
            return measure == null ? null : known;
        }
        return measure instanceof Histogram histogram && known instanceof Histogram before
                ? histogram.sharingBounds(before)
                : measure;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Group that && Arrays.equals(measures, that.measures);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(measures);
    }

    @Override
    public String toString() {
        return Arrays.toString(measures);
    }
}
