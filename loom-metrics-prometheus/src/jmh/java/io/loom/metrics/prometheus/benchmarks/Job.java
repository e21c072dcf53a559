package io.loom.metrics.prometheus.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * One side of one row: a benchmark method with one value for each of its parameters.
 *
 * @param name of the method, with its class
 * @param parameters values by name, in the order of the names
 */
record Job(String name, Map<String, String> parameters) {
    private static final List<String> SIZES = List.of("lines", "series");
    private static final int LARGE = 100_000;

    Job {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** {@return a job for each combination of the parameters' values; quick ones are of the smallest sizes only} */
    static Stream<Job> of(BenchmarkListEntry entry, boolean quick) {
        List<Map<String, String>> combinations = List.of(Map.of());
        Map<String, String[]> parameters = new TreeMap<>(entry.getParams().orElse(Map.of()));
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            boolean smallest = quick && SIZES.contains(parameter.getKey());
            List<String> values = List.of(parameter.getValue()).subList(0, smallest ? 1 : parameter.getValue().length);
            combinations = combinations.stream()
                    .flatMap(combination -> values.stream().map(value -> with(combination, parameter.getKey(), value)))
                    .toList();
        }
        return combinations.stream().map(combination -> new Job(entry.getUsername(), combination));
    }

    /** {@return the jobs with those of a row together; which side of it is first changes by the round} */
    static List<Job> inOrder(List<Job> jobs, int round) {
        Map<String, List<Job>> rows = new TreeMap<>();
        jobs.forEach(
                job -> rows.computeIfAbsent(job.row(), row -> new ArrayList<>()).add(job));
        rows.values().forEach(sides -> Collections.rotate(sides, round - 1));
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /** {@return its name and its parameters: {@code a.b.Scrape.loom, gzip=none, lines=1000}} */
    String title() {
        Stream<String> texts = parameters.entrySet().stream().map(Map.Entry::toString);
        return Stream.concat(Stream.of(name), texts).collect(joining(", "));
    }

    /** {@return whether it is about a page or a number of series that no cache holds} */
    boolean isLarge() {
        return parameters.entrySet().stream()
                .anyMatch(each -> SIZES.contains(each.getKey()) && Integer.parseInt(each.getValue()) >= LARGE);
    }

    private String row() {
        return name.substring(0, name.lastIndexOf('.')) + parameters;
    }

    private static Map<String, String> with(Map<String, String> combination, String name, String value) {
        Map<String, String> more = new HashMap<>(combination);
        more.put(name, value);
        return more;
    }
}
