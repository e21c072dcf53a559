package io.loom.metrics.prometheus.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A file of results, read.
 *
 * @param header where and how they were made
 * @param rows what was measured, by benchmark
 */
record Results(Map<String, String> header, List<Row> rows) {
    private static final List<String> HEADER = List.of("machine", "jdk", "commit", "date", "command");

    /** Sides of {@link RecordingBesideScrapes}, which are measured by turns in one JVM. */
    private static final List<String> TURNS = List.of(Tables.ALONE, "beside", "besideAnother");

    /** The same of older files, in JVMs of their own: who recorded beside the scraper. */
    private static final List<String> RECORDERS = List.of("recorder", "recorderOfAnother");

    /**
     * {@return the results in this document}
     *
     * @throws IllegalArgumentException where it is no file of results
     */
    static Results of(JsonNode document) {
        if (!document.path("results").isArray()) {
            throw new IllegalArgumentException(
                    "a file of results must have an array \"results\": this has none." + " Benchmarks writes one.");
        }
        Map<String, String> header = new LinkedHashMap<>();
        HEADER.forEach(key -> header.put(key, document.path(key).asText("unknown")));
        Map<List<String>, Row> rows = new LinkedHashMap<>();
        document.path("results").forEach(result -> add(rows, result));
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparing(Row::benchmark)); // stable: the rest stays as it was run
        return new Results(header, List.copyOf(sorted));
    }

    private static void add(Map<List<String>, Row> rows, JsonNode result) {
        String name = result.path("benchmark").asText();
        int method = name.lastIndexOf('.');
        String benchmark = name.substring(name.lastIndexOf('.', method - 1) + 1, method);
        String parameters = parameters(result.path("params"));
        String threads = threads(result);
        Row row = rows.computeIfAbsent(
                List.of(benchmark, parameters, threads), absent -> new Row(benchmark, parameters, threads));

        int round = result.path("round").asInt();
        JsonNode more = result.path("secondaryMetrics");
        if (TURNS.stream().allMatch(more::has)) {
            addTurns(row, round, more);
            return;
        }
        Optional<String> recorder = RECORDERS.stream().filter(more::has).findFirst();
        JsonNode metric = recorder.map(more::path).orElse(result.path("primaryMetric"));
        Row.Side side = row.side(name.substring(method + 1), unit(metric));
        side.scores().put(round, score(metric));
        if (more.has("gc.alloc.rate.norm") && recorder.isEmpty()) { // a scraper's bytes are not the recorder's
            side.allocated()
                    .put(round, more.path("gc.alloc.rate.norm").path("score").asDouble());
        }
        if (more.has("pageBytes")) {
            double ofAllThreads = score(more.path("pageBytes")); // JMH's own score adds up the iterations as well
            side.pageBytes().put(round, ofAllThreads / result.path("threads").asInt());
        }
    }

    /** The turns of an iteration are compared with each other: between two iterations the machine may change its mind. */
    private static void addTurns(Row row, int round, JsonNode more) {
        List<Double> alone = iterations(more.path(Tables.ALONE));
        double typical = Spread.of(alone).median();
        for (String turn : TURNS) {
            List<Double> times = iterations(more.path(turn));
            List<Double> ratios = IntStream.range(0, alone.size())
                    .mapToObj(i -> times.get(i) / alone.get(i))
                    .toList();
            row.side(turn, "ns").scores().put(round, typical * Spread.of(ratios).median());
        }
    }

    private static String parameters(JsonNode params) {
        List<String> texts = new ArrayList<>();
        params.properties()
                .forEach(param ->
                        texts.add(param.getKey() + '=' + param.getValue().asText()));
        return String.join(", ", texts);
    }

    private static String threads(JsonNode result) {
        String threads = result.path("threads").asText();
        return result.path("jvmArgs").toString().contains("VIRTUAL") ? threads + " virtual" : threads;
    }

    private static String unit(JsonNode metric) {
        String unit = metric.path("scoreUnit").asText();
        return unit.startsWith("us/") ? "µs" : unit.replace("/op", "");
    }

    /** The median of the iterations: one that was disturbed does not show. */
    private static double score(JsonNode metric) {
        return Spread.of(iterations(metric)).median();
    }

    private static List<Double> iterations(JsonNode metric) {
        List<Double> iterations = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(value -> iterations.add(value.asDouble())));
        return iterations;
    }
}
