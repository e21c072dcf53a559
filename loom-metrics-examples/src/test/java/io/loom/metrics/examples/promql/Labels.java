package io.loom.metrics.examples.promql;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels that each series of an expression has.
 *
 * @param kind what is known of them
 * @param names those that are known, by name
 */
record Labels(Kind kind, Set<String> names) {
    /** What Prometheus puts on the samples of each target. */
    static final Set<String> OF_A_TARGET = Set.of("job", "instance");

    /** A number has no series. */
    static final Labels OF_A_NUMBER = new Labels(Kind.NUMBER, Set.of());

    /** A metric that nobody knows could have any. */
    static final Labels UNKNOWN = new Labels(Kind.UNKNOWN, Set.of());

    Labels {
        names = new TreeSet<>(names);
    }

    static Labels of(Collection<String> names) {
        return new Labels(Kind.KNOWN, new LinkedHashSet<>(names));
    }

    boolean has(String name) {
        return kind == Kind.UNKNOWN || names.contains(name);
    }

    boolean ofSeries() {
        return kind != Kind.NUMBER;
    }

    Labels with(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(more);
        return new Labels(kind, all);
    }

    Labels without(Collection<String> fewer) {
        Set<String> left = new LinkedHashSet<>(names);
        left.removeAll(fewer);
        return new Labels(kind, left);
    }

    /** {@return whether series with these can have the same labels as series with the others} */
    boolean canEqual(Labels others) {
        return kind != Kind.KNOWN || others.kind != Kind.KNOWN || names.equals(others.names);
    }

    @Override
    public String toString() {
        return names.toString();
    }

    /** What is known of labels. */
    enum Kind {
        NUMBER,
        KNOWN,
        UNKNOWN
    }
}
