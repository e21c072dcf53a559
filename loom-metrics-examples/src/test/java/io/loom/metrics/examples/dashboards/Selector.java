package io.loom.metrics.examples.dashboards;

import io.loom.metrics.catalogue.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Some series of one metric.
 *
 * @param name of the metric
 * @param matchers as PromQL writes them
 */
record Selector(String name, List<String> matchers) {
    Selector {
        matchers = List.copyOf(matchers);
    }

    /** {@return those of them with this value} */
    Selector where(Label label, String value) {
        return where(label.key() + "=\"" + value + '"');
    }

    /** {@return those of them without this value} */
    Selector except(Label label, String value) {
        return where(label.key() + "!=\"" + value + '"');
    }

    /** {@return those of them that this matcher lets through} */
    Selector where(String matcher) {
        List<String> all = new ArrayList<>(matchers);
        all.add(matcher);
        return new Selector(name, all);
    }

    /** {@return their values of now} */
    Promql now() {
        return new Promql(toString(), List.of());
    }

    /** {@return how fast they grow, for each second} */
    Promql rate() {
        return grown("rate", "$__rate_interval");
    }

    /** {@return by how much they grew between two points of a graph} */
    Promql step() {
        return grown("increase", "$__rate_interval");
    }

    /** {@return by how much they grew in the time that the reader chose} */
    Promql increase() {
        return grown("increase", "$__range");
    }

    /** {@return a quantile of a histogram} */
    Promql quantile(double quantile, Label... by) {
        List<String> labels = Promql.keys(by);
        List<String> withBound = new ArrayList<>(List.of("le"));
        withBound.addAll(labels);
        String buckets = part("_bucket").rate().sumBy(withBound).text();
        return new Promql("histogram_quantile(" + quantile + ", " + buckets + ')', labels);
    }

    /** {@return the mean of what a histogram saw} */
    Promql mean(Label... by) {
        return part("_sum").rate().sum(by).per(part("_count").rate().sum(by));
    }

    /** {@return one of a histogram's samples: {@code _bucket}, {@code _count}, {@code _sum} or {@code _max}} */
    Selector part(String suffix) {
        return new Selector(name + suffix, matchers);
    }

    @Override
    public String toString() {
        return name + '{' + String.join(", ", matchers) + '}';
    }

    private Promql grown(String function, String range) {
        return new Promql(function + '(' + this + '[' + range + "])", List.of());
    }
}
