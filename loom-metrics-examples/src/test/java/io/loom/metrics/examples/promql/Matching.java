package io.loom.metrics.examples.promql;

import java.util.Collection;
import java.util.Set;

/**
 * How the series of two sides find each other.
 *
 * @param on whether by the labels alone, not by all others
 * @param group the side that may have many for one of the other
 * @param taken labels that the many get from the one
 */
record Matching(boolean on, Set<String> labels, Group group, Set<String> taken) {
    /** By all labels. */
    static final Matching OF_ALL = new Matching(false, Set.of(), Group.NONE, Set.of());

    /** {@return the labels of what comes of two sides} */
    Labels labels(Labels left, Labels right, String operator, Check check) {
        requireSome(labels, on, left, right, check);
        check.require(
                on || left.without(labels).canEqual(right.without(labels)),
                "the sides of " + operator + " never have the same labels: " + left + " and " + right);
        return switch (group) {
            case NONE -> on ? Labels.of(labels) : left.without(labels);
            case LEFT -> withTaken(left, right, check);
            case RIGHT -> withTaken(right, left, check);
        };
    }

    private Labels withTaken(Labels many, Labels one, Check check) {
        requireSome(taken, false, one, one, check);
        return many.with(taken);
    }

    /** Requires the labels of both sides, or of either. */
    private static void requireSome(Collection<String> some, boolean both, Labels left, Labels right, Check check) {
        some.stream()
                .sorted()
                .forEach(label -> check.require(
                        both ? left.has(label) && right.has(label) : left.has(label) || right.has(label),
                        "there is no label " + label + " to match by: there are " + left + " and " + right));
    }

    /** The side that may have many. */
    enum Group {
        NONE,
        LEFT,
        RIGHT
    }
}
