package io.loom.metrics.annotation;

import java.util.List;

/**
 * What the annotations of one method ask for, its own and those of its class.
 *
 * @param timed the timers and long task timers
 * @param counted the counters
 * @param tags those that are taken from arguments and from the result, in order
 */
public record MethodAnnotations(List<TimedMeter> timed, List<CountedMeter> counted, List<MethodTag> tags) {
    /** What a method without annotations asks for. */
    public static final MethodAnnotations NONE = new MethodAnnotations(List.of(), List.of(), List.of());

    public MethodAnnotations {
        timed = List.copyOf(timed);
        counted = List.copyOf(counted);
        tags = List.copyOf(tags);
    }

    /** {@return the name of one of the meters, of which there must be one} */
    public String anyName() {
        return timed.isEmpty() ? counted.get(0).name() : timed.get(0).name();
    }

    /** {@return the keys of its tags, in order} */
    public List<String> tagKeys() {
        return tags.stream().map(MethodTag::key).toList();
    }

    /** {@return whether there is nothing to record} */
    public boolean isEmpty() {
        return timed.isEmpty() && counted.isEmpty();
    }
}
