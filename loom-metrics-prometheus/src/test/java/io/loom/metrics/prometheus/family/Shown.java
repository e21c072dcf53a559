package io.loom.metrics.prometheus.family;

import java.io.IOException;
import java.util.function.BiFunction;

/** Samples of a test's own. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Shown(Family family, byte[] labels, Object owner, Visit visit) implements Samples {
    /** {@return what makes samples that belong to the test} */
    public static BiFunction<Family, byte[], Samples> of(Visit visit) {
        return (family, labels) -> new Shown(family, labels, "a test", visit);
    }

    @Override
    public void visit(SampleVisitor visitor) throws IOException {
        visit.visit(labels, visitor);
    }

    /** What the samples show. */
    @FunctionalInterface
    public interface Visit {
        /** Passes the values on. */
        void visit(byte[] labels, SampleVisitor visitor) throws IOException;
    }
}
