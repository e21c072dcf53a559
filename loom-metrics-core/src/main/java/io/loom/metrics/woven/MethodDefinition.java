package io.loom.metrics.woven;

import io.loom.metrics.annotation.MethodAnnotations;
import java.util.List;

/**
 * A method and what is to be recorded of it. Immutable.
 *
 * @param owner the name of the class that declares it
 * @param returnsStage whether it is declared to return a {@code CompletionStage}
 */
record MethodDefinition(
        String owner, String method, MethodAnnotations annotations, List<TagSource> tags, boolean returnsStage) {
    MethodDefinition {
        tags = List.copyOf(tags);
    }

    /** {@return a method of which nothing is recorded} */
    static MethodDefinition unmetered(String owner, String method) {
        return new MethodDefinition(owner, method, MethodAnnotations.NONE, List.of(), false);
    }

    /** {@return the name for log lines} */
    String fullName() {
        return owner + '.' + method;
    }
}
