package io.loom.metrics.examples.dashboards;

import io.loom.metrics.catalogue.Label;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A PromQL expression. Sums and differences stand in parentheses, so that products and quotients can be made of all of them.
 *
 * @param text the expression
 * @param labels those that tell its series apart, as far as a reader wants to see
 */
record Promql(String text, List<String> labels) {
    Promql {
        labels = List.copyOf(labels);
    }

    /** {@return the seconds since the epoch} */
    static Promql time() {
        return new Promql("time()", List.of());
    }

    Promql sum(Label... by) {
        return sumBy(keys(by));
    }

    Promql sumBy(List<String> by) {
        return aggregate("sum", by);
    }

    Promql sumBy(String... by) {
        return sumBy(List.of(by));
    }

    Promql max(Label... by) {
        return aggregate("max", keys(by));
    }

    Promql maxBy(String... by) {
        return aggregate("max", List.of(by));
    }

    Promql min(Label... by) {
        return aggregate("min", keys(by));
    }

    Promql averageBy(String... by) {
        return aggregate("avg", List.of(by));
    }

    Promql countBy(String... by) {
        return aggregate("count", List.of(by));
    }

    /** {@return the largest of them} */
    Promql top(int number) {
        return new Promql("topk(" + number + ", " + text + ')', labels);
    }

    /** {@return the same, told apart by these labels of the series themselves} */
    Promql by(String... shown) {
        return new Promql(text, List.of(shown));
    }

    /** {@return this divided by {@code whole}: nothing, not NaN, where the whole is 0} */
    Promql per(Promql whole) {
        return new Promql(text + " / (" + whole.text + " > 0)", labels);
    }

    /** {@return this divided by a single number, whatever labels this has: nothing where the number is 0} */
    Promql perAll(Promql whole) {
        return new Promql(text + " / scalar(" + whole.text + " > 0) >= 0", labels); // a scalar of nothing is NaN
    }

    Promql plus(Promql other) {
        return new Promql('(' + text + " + " + other.text + ')', labels);
    }

    Promql minus(Promql other) {
        return new Promql('(' + text + " - " + other.text + ')', labels);
    }

    Promql times(int factor) {
        return new Promql(factor + " * " + text, labels);
    }

    /** {@return what is left of 1} */
    Promql complement() {
        return new Promql("1 - " + text, labels);
    }

    /** {@return this, or 0 where there is nothing} */
    Promql orZero() {
        return new Promql(text + " or vector(0)", labels);
    }

    /** {@return this, or one series of 0 where there is nothing of it, but something of {@code there}} */
    Promql orZeroWith(Promql there) {
        return new Promql(text + " or on () 0 * " + there.text, labels);
    }

    /** {@return how Grafana is to call the series} */
    String legend() {
        return labels.stream().map(label -> "{{" + label + "}}").collect(Collectors.joining(" "));
    }

    static List<String> keys(Label... labels) {
        return Arrays.stream(labels).map(Label::key).toList();
    }

    private Promql aggregate(String operator, List<String> by) {
        String grouping = by.isEmpty() ? "" : " by (" + String.join(", ", by) + ") ";
        return new Promql(operator + grouping + '(' + text + ')', by);
    }
}
