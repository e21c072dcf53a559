package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.toMap;

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

    /** {@return the spread of the ratios of both, if they have a round in common} */
    static Optional<Spread> ofRatios(Map<Integer, Double> dividends, Map<Integer, Double> divisors) {
        Map<Integer, Double> ratios = ratios(dividends, divisors);
        return ratios.isEmpty() ? Optional.empty() : Optional.of(of(ratios.values()));
    }

    /** {@return the ratio of both in each round that has both, by which a machine that was slow in a round does not show} */
    static Map<Integer, Double> ratios(Map<Integer, Double> dividends, Map<Integer, Double> divisors) {
        return dividends.entrySet().stream()
                .filter(dividend -> divisors.containsKey(dividend.getKey()))
                .collect(toMap(Map.Entry::getKey, dividend -> dividend.getValue() / divisors.get(dividend.getKey())));
    }
}
