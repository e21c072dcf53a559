package io.loom.metrics.prometheus.family;

import java.io.IOException;
import java.util.function.Function;

/** Samples of a test's own. */
public record Shown(Family family, Object owner, Visit visit) implements Samples {
    /** {@return what makes samples that belong to the test} */
    public static Function<Family, Samples> of(Visit visit) {
        return family -> new Shown(family, "a test", visit);
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
