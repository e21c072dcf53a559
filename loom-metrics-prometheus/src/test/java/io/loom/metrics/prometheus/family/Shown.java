package io.loom.metrics.prometheus.family;

import java.io.IOException;

/** Samples of a test's own. */
public record Shown(Object owner, Visit visit) implements Samples {
    /** {@return samples that belong to the test} */
    public static Samples of(Visit visit) {
        return new Shown("a test", visit);
    }

    @Override
    public void visit(Labels labels, SampleVisitor visitor) throws IOException {
        visit.visit(labels, visitor);
    }

    /** What the samples show. */
    @FunctionalInterface
    public interface Visit {
        /** Passes the values on. */
        void visit(Labels labels, SampleVisitor visitor) throws IOException;
    }
}
