package io.loom.metrics.annotation;

import java.util.ArrayList;
import java.util.List;

/**
 * What one {@code @Timed} asks for. Each part means what it means there.
 *
 * @param extraTags keys and values in turn
 * @param percentiles from 0 to 1
 * @param objectives in seconds
 */
public record TimedMeter(
        String name,
        String description,
        List<String> extraTags,
        boolean longTask,
        List<Double> percentiles,
        boolean histogram,
        List<Double> objectives) {
    /** The name of a timer that was given none. */
    public static final String DEFAULT_NAME = "method.timed";

    public TimedMeter {
        name = name.isEmpty() ? DEFAULT_NAME : name;
        extraTags = List.copyOf(extraTags);
        percentiles = List.copyOf(percentiles);
        objectives = List.copyOf(objectives);
    }

    /** {@return the keys of all its tags on a method with these, in no order that matters; a key may be there twice} */
    public List<String> allTagKeys(List<String> methodTagKeys) {
        List<String> keys = new ArrayList<>(TagKeys.ofPairs(extraTags));
        keys.addAll(List.of(TagKeys.CLASS, TagKeys.METHOD));
        if (!longTask) {
            keys.add(TagKeys.EXCEPTION);
            keys.addAll(methodTagKeys);
        }
        return keys;
    }
}
