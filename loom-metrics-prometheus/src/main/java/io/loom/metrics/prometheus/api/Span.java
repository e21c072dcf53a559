package io.loom.metrics.prometheus.api;

import org.jspecify.annotations.Nullable;

/**
 * What happened between two readings. Counters begin at 0 when they appear, and nothing resets them while the process lives.
 * What is not known is NaN.
 */
record Span(Reading from, Reading to) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** {@return one of which nothing is known but how the figures stand} */
    static Span unknown(Reading to) {
        return new Span(to, to);
    }

    double seconds() {
        return (to.nanos() - from.nanos()) / NANOS_PER_SECOND;
    }

    /** {@return what a figure is at the end} */
    double amount(Figure figure, Subject subject) {
        return to.amount(figure, subject);
    }

    /** {@return by how much a counter grew} */
    double increase(Figure figure, Subject subject) {
        if (!isKnown(subject)) {
            return Double.NaN;
        }
        double before = from.measure(figure, subject) instanceof Amount amount ? amount.value() : 0;
        return Math.max(0, to.amount(figure, subject) - before);
    }

    /** {@return by how much a counter grew in a second} */
    double rate(Figure figure, Subject subject) {
        return increase(figure, subject) / seconds();
    }

    /** {@return what a counter grew by, of what all of some counters did} */
    double ratio(Figure part, Subject subject, Figure... wholes) {
        double whole = 0;
        for (Figure figure : wholes) {
            whole += increase(figure, subject);
        }
        double ratio = increase(part, subject) / whole;
        // A part is read a moment before its whole, so between two readings it may seem to be more. Rules may be broken
        // twice.
        return part == Figure.RULES_VIOLATIONS ? ratio : Math.min(1, ratio);
    }

    /** {@return what came to a histogram; null where it is not known} */
    @Nullable
    Histogram histogram(Figure figure, Subject subject) {
        Histogram now = to.histogram(figure, subject);
        return now == null || !isKnown(subject) ? null : now.since(from.histogram(figure, subject));
    }

    double quantile(double q, Figure figure, Subject subject) {
        Histogram histogram = histogram(figure, subject);
        return histogram == null ? Double.NaN : histogram.quantile(q);
    }

    double mean(Figure figure, Subject subject) {
        Histogram histogram = histogram(figure, subject);
        return histogram == null ? Double.NaN : histogram.mean();
    }

    private boolean isKnown(Subject subject) {
        return from.nanos() != to.nanos() && !from.mayLack(subject);
    }
}
