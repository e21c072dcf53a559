package io.loom.metrics.prometheus.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured under the same circumstances: the sides of one benchmark, with the same parameters and threads. */
final class Row {
    private final String benchmark;
    private final String parameters;
    private final String threads;
    private final Map<String, Side> sides = new LinkedHashMap<>();

    Row(String benchmark, String parameters, String threads) {
        this.benchmark = benchmark;
        this.parameters = parameters;
        this.threads = threads;
    }

    String benchmark() {
        return benchmark;
    }

    String parameters() {
        return parameters;
    }

    String threads() {
        return threads;
    }

    Map<String, Side> sides() {
        return sides;
    }

    /** {@return the benchmark's name as words, and its parameters: {@code http event, strings=equal}} */
    String title() {
        String words = benchmark.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return parameters.isEmpty() ? words : words + ", " + parameters;
    }

    Side side(String name, String unit) {
        return sides.computeIfAbsent(name, absent -> new Side(unit, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
    }

    /**
     * What one side gave, by round.
     *
     * @param unit of the scores, as JMH writes it
     * @param scores the time an operation took
     * @param allocated bytes an operation
     * @param pageBytes the size of the page, for scrapes
     */
    record Side(
            String unit, Map<Integer, Double> scores, Map<Integer, Double> allocated, Map<Integer, Double> pageBytes) {}
}
