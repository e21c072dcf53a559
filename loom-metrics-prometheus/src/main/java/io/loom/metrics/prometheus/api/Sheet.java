package io.loom.metrics.prometheus.api;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums up samples, each under the groups that it belongs to. One for each reading; not thread-safe. */
final class Sheet {
    private final Map<Grouping, Map<List<String>, Group>> groups = new EnumMap<>(Grouping.class);

    /** Adds an amount to a figure that is one of amounts. */
    void add(Figure figure, LabelValues labels, double amount) {
        double counted = figure.counts(labels) ? amount : 0; // that there are samples is known then
        for (Grouping grouping : figure.groupings()) {
            @Nullable Measure[] measures = measures(grouping, labels.of(grouping));
            int slot = Figure.in(grouping).indexOf(figure);
            measures[slot] = new Amount(measures[slot] instanceof Amount before ? before.value() + counted : counted);
        }
    }

    /** Adds a histogram to a figure that is one of histograms. */
    void add(Figure figure, LabelValues labels, Histogram histogram) {
        for (Grouping grouping : figure.groupings()) {
            @Nullable Measure[] measures = measures(grouping, labels.of(grouping));
            int slot = Figure.in(grouping).indexOf(figure);
            measures[slot] = measures[slot] instanceof Histogram before ? before.plus(histogram) : histogram;
        }
    }

    /** {@return what was added, as a reading that shares what it can with an earlier one} */
    Reading toReading(long nanos, long epochMillis, Reading earlier) {
        Map<Grouping, Groups> kept = new EnumMap<>(Grouping.class);
        groups.forEach(
                (grouping, found) -> kept.put(grouping, Groups.of(grouping, found.values(), earlier.in(grouping))));
        return new Reading(nanos, epochMillis, kept);
    }

    private @Nullable Measure[] measures(Grouping grouping, List<String> values) {
        return groups.computeIfAbsent(grouping, none -> new HashMap<>())
                .computeIfAbsent(
                        values,
                        none -> new Group(
                                values,
                                new @Nullable Measure[Figure.in(grouping).size()]))
                .measures();
    }
}
