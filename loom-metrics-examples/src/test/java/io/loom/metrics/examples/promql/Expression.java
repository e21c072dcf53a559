package io.loom.metrics.examples.promql;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a query says, as a tree. */
sealed interface Expression
        permits Selector, Expression.Constant, Expression.Aggregation, Expression.Call, Expression.Operation {
    /** {@return the selectors in it, as they follow each other} */
    Stream<Selector> selectors();

    /** {@return the labels that its series have} Names in it that do not exist are told to {@code check}. */
    Labels labels(Check check);

    /** A number or a text. */
    record Constant() implements Expression {
        @Override
        public Stream<Selector> selectors() {
            return Stream.empty();
        }

        @Override
        public Labels labels(Check check) {
            return Labels.OF_A_NUMBER;
        }
    }

    /**
     * A sum, or its like.
     *
     * @param keeps whether it picks series, which keep their labels
     * @param by whether the labels are those that stay, not those that go
     */
    record Aggregation(boolean keeps, boolean by, Set<String> labels, List<Expression> arguments)
            implements Expression {
        @Override
        public Stream<Selector> selectors() {
            return arguments.stream().flatMap(Expression::selectors);
        }

        @Override
        public Labels labels(Check check) {
            Labels inner = arguments.get(arguments.size() - 1).labels(check);
            labels.stream()
                    .sorted()
                    .forEach(label -> check.require(
                            inner.has(label), "there is no label " + label + " to aggregate by: there are " + inner));
            if (keeps) {
                return inner;
            }
            return by ? Labels.of(labels) : inner.without(labels);
        }
    }

    /** A function of some arguments. */
    record Call(String function, List<Expression> arguments) implements Expression {
        private static final Set<String> NUMBERS = Set.of("scalar", "time", "pi");

        @Override
        public Stream<Selector> selectors() {
            return arguments.stream().flatMap(Expression::selectors);
        }

        @Override
        public Labels labels(Check check) {
            Labels inner = arguments.stream()
                    .map(argument -> argument.labels(check))
                    .filter(Labels::ofSeries)
                    .findFirst()
                    .orElse(Labels.of(Set.of()));
            if (NUMBERS.contains(function)) {
                return Labels.OF_A_NUMBER;
            }
            if (function.startsWith("absent")) {
                return Labels.of(selectors().findFirst().map(Selector::fixed).orElse(Set.of()));
            }
            if (function.equals("histogram_quantile")) {
                check.require(inner.has("le"), "a quantile must be of buckets, which have the label le: has " + inner);
                return inner.without(Set.of("le"));
            }
            return inner;
        }
    }

    /** Two sides with an operator between them. */
    record Operation(Expression left, String operator, Matching matching, Expression right) implements Expression {
        @Override
        public Stream<Selector> selectors() {
            return Stream.concat(left.selectors(), right.selectors());
        }

        @Override
        public Labels labels(Check check) {
            Labels one = left.labels(check);
            Labels other = right.labels(check);
            if (!one.ofSeries() || !other.ofSeries()) {
                return one.ofSeries() ? one : other;
            }
            if (operator.equals("or")) {
                return one.with(other.names());
            }
            Labels matched = matching.labels(one, other, operator, check);
            return operator.equals("and") || operator.equals("unless") ? one : matched;
        }
    }
}
