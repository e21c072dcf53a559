package io.loom.metrics.prometheus.family;

import java.io.IOException;

/**
 * Calls to series, written once for each type of family that has many. The series of such a type are mostly of one class or two,
 * and HotSpot counts classes at each call in the code: where it sees no more it compiles what is called into the caller, and
 * searches no tables. Where series are wrapped, since they tell when they began or expire, the wrapper's own call does so still.
 */
final class Calls {
    private Calls() {}

    /** {@return what {@code series} peeks at} */
    static long peek(FamilyType type, Samples series) {
        return switch (type) {
            case COUNTER -> series.peek();
            case GAUGE -> series.peek();
            case HISTOGRAM -> series.peek();
            case SUMMARY -> series.peek();
            default -> series.peek();
        };
    }

    /** Visits {@code series}. */
    static void visit(FamilyType type, Samples series, Labels labels, SampleVisitor visitor) throws IOException {
        switch (type) {
            case COUNTER -> series.visit(labels, visitor);
            case GAUGE -> series.visit(labels, visitor);
            case HISTOGRAM -> series.visit(labels, visitor);
            case SUMMARY -> series.visit(labels, visitor);
            default -> series.visit(labels, visitor);
        }
    }
}
