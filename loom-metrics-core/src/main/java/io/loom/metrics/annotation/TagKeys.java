package io.loom.metrics.annotation;

import java.util.List;
import java.util.stream.IntStream;

/** The keys of the tags that every annotated method has, as Micrometer's aspects name them. */
public final class TagKeys {
    /** The name of the class that declares the method. */
    public static final String CLASS = "class";
    /** The name of the method. */
    public static final String METHOD = "method";
    /** The simple name of the class of what was thrown. */
    public static final String EXCEPTION = "exception";
    /** How a call ended; counters only. */
    public static final String RESULT = "result";

    private TagKeys() {}

    static List<String> ofPairs(List<String> keysAndValues) {
        return IntStream.range(0, keysAndValues.size())
                .filter(i -> i % 2 == 0)
                .mapToObj(keysAndValues::get)
                .toList();
    }
}
