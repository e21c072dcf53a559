package io.loom.metrics.prometheus.api;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one subject at some time. Immutable.
 *
 * @param values of the labels that tell it apart
 * @param measures in the order of {@link Figure#in}; null where there was no sample
 */
@SuppressWarnings("ArrayRecordComponent") // equals is our own
record Group(List<String> values, @Nullable Measure[] measures) {
    /** {@return the same, made of what an earlier one has already} */
    Group sharing(Group earlier) {
        @Nullable Measure[] shared = measures.clone();
        for (int i = 0; i < shared.length; i++) {
            shared[i] = shared(shared[i], earlier.measures[i]);
        }
        return equals(earlier) ? earlier : new Group(earlier.values, shared);
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
        return other instanceof Group that && values.equals(that.values) && Arrays.equals(measures, that.measures);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + Arrays.hashCode(measures);
    }

    @Override
    public String toString() {
        return values + Arrays.toString(measures);
    }
}
