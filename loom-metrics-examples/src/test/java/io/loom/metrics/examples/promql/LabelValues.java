package io.loom.metrics.examples.promql;

import io.loom.metrics.Interaction;
import io.loom.metrics.Repair;
import io.loom.metrics.Severity;
import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.llm.FinishReason;
import io.loom.metrics.llm.Outcome;
import io.loom.metrics.llm.RateLimits;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Labels of the catalogue that only have values that the library knows. */
final class LabelValues {
    private static final Map<String, Set<String>> CLOSED = Map.of(
            Label.OUTCOME.key(),
            union(labels(Outcome.values(), Outcome::label), labels(Repair.values(), Repair::label)),
            Label.TYPE.key(),
            Set.of("prompt", "completion"),
            Label.ERROR_TYPE.key(),
            labels(ErrorType.values(), ErrorType::label),
            Label.FINISH_REASON.key(),
            labels(FinishReason.values(), FinishReason::label),
            Label.SEVERITY.key(),
            labels(Severity.values(), Severity::label),
            Label.RESOURCE.key(),
            labels(RateLimits.Resource.values(), RateLimits.Resource::label),
            Label.INTERACTION_TYPE.key(),
            labels(Interaction.values(), Interaction::label));

    private LabelValues() {}

    /** {@return those of some labels} */
    static Map<String, Set<String>> of(Collection<String> labels) {
        Map<String, Set<String>> values = new HashMap<>(CLOSED);
        values.keySet().retainAll(labels);
        return values;
    }

    /** {@return those of a histogram's buckets, whose bounds stand as the page has them} */
    static Map<String, Set<String>> ofBuckets(LoomMeter meter) {
        Map<String, Set<String>> values = of(meter.spec().labelKeys());
        Set<String> bounds = Arrays.stream(meter.spec().buckets().upperBounds())
                .mapToObj(Double::toString)
                .collect(Collectors.toSet());
        values.put("le", union(bounds, Set.of("+Inf")));
        return values;
    }

    private static <T> Set<String> labels(T[] constants, Function<T, String> label) {
        return Arrays.stream(constants).map(label).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }
}
