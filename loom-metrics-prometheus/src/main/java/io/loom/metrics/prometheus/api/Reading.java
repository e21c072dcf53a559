package io.loom.metrics.prometheus.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All figures at one time. Immutable.
 *
 * @param nanos a monotonic time
 * @param epochMillis the time on the wall
 */
record Reading(long nanos, long epochMillis, Map<Grouping, Groups> groups) {
    private static final Reading NONE = new Reading(0, 0, Map.of());

    /** {@return one that knows nothing, before the first} */
    static Reading none() {
        return NONE;
    }

    /** {@return what there are figures of} */
    List<Subject> subjects(Grouping grouping) {
        return in(grouping).byValues().keySet().stream()
                .map(values -> new Subject(grouping, values))
                .toList();
    }

    /** {@return what a figure was; null where there was no sample} */
    @Nullable
    Measure measure(Figure figure, Subject subject) {
        Group group = in(subject.grouping()).byValues().get(subject.values());
        return group == null
                ? null
                : group.measures()[Figure.in(subject.grouping()).indexOf(figure)];
    }

    /** {@return an amount; NaN where it is not known} */
    double amount(Figure figure, Subject subject) {
        return measure(figure, subject) instanceof Amount amount ? amount.value() : Double.NaN;
    }

    /** {@return a histogram; null where there was none} */
    @Nullable
    Histogram histogram(Figure figure, Subject subject) {
        return measure(figure, subject) instanceof Histogram histogram ? histogram : null;
    }

    /** {@return whether a subject that is not here may have been there: there was no room for all} */
    boolean mayLack(Subject subject) {
        Groups all = in(subject.grouping());
        return all.cut() && !all.byValues().containsKey(subject.values());
    }

    Groups in(Grouping grouping) {
        return groups.getOrDefault(grouping, Groups.NONE);
    }
}
