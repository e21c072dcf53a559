package io.loom.metrics.annotation;

import java.util.ArrayList;
import java.util.List;

/**
 * What one {@code @Counted} asks for. Each part means what it means there.
 *
 * @param extraTags keys and values in turn
 */
public record CountedMeter(String name, String description, List<String> extraTags, boolean recordFailuresOnly) {
    /** The name of a counter that was given none. */
    public static final String DEFAULT_NAME = "method.counted";

    public CountedMeter {
        name = name.isEmpty() ? DEFAULT_NAME : name;
        extraTags = List.copyOf(extraTags);
    }

    /** {@return the keys of all its tags on a method with these, in no order that matters; a key may be there twice} */
    public List<String> allTagKeys(List<String> methodTagKeys) {
        List<String> keys = new ArrayList<>(TagKeys.ofPairs(extraTags));
        keys.addAll(List.of(TagKeys.CLASS, TagKeys.METHOD, TagKeys.EXCEPTION, TagKeys.RESULT));
        keys.addAll(methodTagKeys);
        return keys;
    }
}
