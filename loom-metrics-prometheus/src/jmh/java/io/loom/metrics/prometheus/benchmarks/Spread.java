package io.loom.metrics.prometheus.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What several rounds gave: their median, and the interval from the lowest to the highest. */
record Spread(double median, double lowest, double highest) {
    /**
     * {@return the spread of these values}
     *
     * @throws IllegalArgumentException where there are none
     */
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs a value: there is none");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** {@return the ratio of both in each round that has both, by which a machine that was slow in a round does not show} */
    static Optional<Spread> ofRatios(Map<Integer, Double> dividends, Map<Integer, Double> divisors) {
        List<Double> ratios = dividends.entrySet().stream()
                .filter(dividend -> divisors.containsKey(dividend.getKey()))
                .map(dividend -> dividend.getValue() / divisors.get(dividend.getKey()))
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(of(ratios));
    }
}
