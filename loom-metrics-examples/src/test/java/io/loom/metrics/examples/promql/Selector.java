package io.loom.metrics.examples.promql;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The series of one metric.
 *
 * @param metric the name as it stands there
 * @param matchers what their labels must be
 */
record Selector(String metric, List<Matcher> matchers) implements Expression {
    Selector {
        matchers = List.copyOf(matchers);
    }

    @Override
    public Stream<Selector> selectors() {
        return Stream.of(this);
    }

    @Override
    public Labels labels(Check check) {
        return check.metric(metric)
                .map(known -> {
                    matchers.forEach(matcher -> matcher.check(known, metric, check));
                    return Labels.of(known.labels());
                })
                .orElse(Labels.UNKNOWN);
    }

    /** {@return the labels whose value this says} */
    Set<String> fixed() {
        return Set.copyOf(matchers.stream()
                .filter(matcher -> matcher.operator.equals("="))
                .map(Matcher::label)
                .toList());
    }

    /**
     * What a label must be.
     *
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     */
    record Matcher(String label, String operator, String value) {
        /** What a regular expression is that lists values. */
        private static final Pattern VALUES = Pattern.compile("[\\w.|+]+");

        private void check(KnownMetric known, String metric, Check check) {
            check.require(known.labels().contains(label), metric + " has no label " + label);
            Set<String> possible = known.values().getOrDefault(label, Set.of());
            if (!possible.isEmpty() && VALUES.matcher(value).matches()) {
                Arrays.stream(value.split("\\|", -1))
                        .forEach(each ->
                                check.require(possible.contains(each), label + " of " + metric + " is never " + each));
            }
        }
    }
}
