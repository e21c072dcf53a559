package io.loom.metrics.prometheus.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a grouping at some time. Immutable.
 *
 * @param byValues by the values of their labels
 * @param cut whether there were more than are kept
 */
record Groups(Map<List<String>, Group> byValues, boolean cut) {
    static final Groups NONE = new Groups(Map.of(), false);

    /**
     * Keeps what a grouping may have, and shares with an earlier reading what did not change: memory is taken by what is busy.
     *
     * @param found all groups, which may be more
     */
    static Groups of(Grouping grouping, Collection<Group> found, Groups earlier) {
        Map<List<String>, Group> kept = found.stream()
                .sorted(Comparator.comparingDouble(Groups::rank).reversed())
                .limit(grouping.limit())
                .map(earlier::shared)
                .collect(Collectors.toUnmodifiableMap(Group::values, Function.identity()));
        Groups groups = new Groups(kept, found.size() > kept.size());
        return groups.equals(earlier) ? earlier : groups;
    }

    private Group shared(Group group) {
        Group known = byValues.get(group.values());
        return known == null ? group : group.sharing(known);
    }

    /** By the first figure, which is the one that tells how busy a group is. */
    private static double rank(Group group) {
        @Nullable Measure first = group.measures()[0];
        return first instanceof Amount amount ? amount.value() : -1;
    }
}
