package io.loom.metrics.examples;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The queries of docs/queries.md on a real Prometheus, which must answer what was recorded.
 *
 * <p>Whatever rate() and increase() extrapolate, they do so alike for all series: each is on every page, and grows by a fixed
 * amount between two. So quotients are exact, and an increase is one batch's amount times the increase of the batches.
 */
class DocumentedQueriesIT {
    private static final String BLOCK = "```promql\n";
    private static final Pattern QUERY = Pattern.compile("(?m)^(.+)\\n\\n" + BLOCK + "(.+)\\n```$");

    /** Successes of priced models, then what was cancelled or failed with tokens. */
    private static final double DOLLARS = 17 * 1.642 + 11 * 2.541 + 5 * 0.101 + 13 * 0.279;

    private static final double WASTED_TOKENS = 5 * 101 + 13 * 78;
    private static final double TOKENS = 17 * 1220 + 11 * 810 + 2 * 42 + 3 * 60 + WASTED_TOKENS;
    private static final double NARRATIVES = 30 + 7;
    private static final double WORDS = 30 * 101 + 7 * 1103 + 3 * 401;
    private static final double RATINGS = 7 + 3;

    @TempDir
    private static Path directory;

    @AutoClose
    private static BatchPage page;

    @AutoClose
    private static PrometheusServer prometheus;

    /** The moment of one scrape, for which all is asked: nothing then changes between two questions. */
    private static double moment;

    private static double batches;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        page = BatchPage.start();
        prometheus = PrometheusServer.start(program, directory, page.uri());
        prometheus.awaitTarget();
        Eventually.holds(
                "Prometheus has seen some batches",
                () -> prometheus.samples(BatchPage.BATCHES).values().stream().anyMatch(batches -> batches >= 4));
        moment = prometheus.lastScrape("loom");
        batches = prometheus
                .valuesByLabels("sum(increase(" + BatchPage.BATCHES + "[1h]))", moment)
                .get(Map.of());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void query_ofTheDocument_tellsWhatWasRecorded(String question) throws Exception {
        Map<Map<String, String>, Double> expected = answers().getOrDefault(question, Map.of());
        Map<Map<String, String>, Double> actual =
                prometheus.valuesByLabels(queries().get(question), moment);
        actual.values().removeIf(value -> value == 0.0); // series that are there from the start
        assertThat(actual).isNotEmpty().containsOnlyKeys(expected.keySet());
        expected.forEach((labels, value) ->
                assertThat(actual.get(labels)).as("%s %s", question, labels).isCloseTo(value, withinPercentage(0.1)));
    }

    @Test
    void queries_ofTheDocument_haveAnAnswerEach() throws IOException {
        assertThat(queries()).hasSize(15).containsOnlyKeys(answers().keySet());
        assertThat(document().split(BLOCK, -1))
                .as("no query lacks its sentence")
                .hasSize(1 + 15);
    }

    @Test
    void batches_ofThisTest_grow() {
        assertThat(batches).isGreaterThan(2);
    }

    static Stream<String> questions() throws IOException {
        return queries().keySet().stream();
    }

    /** {@return the queries by the sentence above each} */
    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        Matcher blocks = QUERY.matcher(document());
        while (blocks.find()) {
            assertThat(queries.put(blocks.group(1), blocks.group(2)))
                    .as("another query for: %s", blocks.group(1))
                    .isNull();
        }
        return queries;
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "queries.md"));
    }

    private static Map<String, Map<Map<String, String>, Double>> answers() {
        return Map.ofEntries(
                entry("Dollars spent in the last day:", one(DOLLARS * batches)),
                entry(
                        "What is left of a budget for 30 days, which `budgetUsd` sets:",
                        one(BatchPage.BUDGET_USD - DOLLARS * batches)),
                entry("Dollars for each narrative that was generated:", one(DOLLARS / NARRATIVES)),
                entry("Dollars for 1,000 words:", one(DOLLARS * 1000 / WORDS)),
                entry("Dollars for each narrative that a reader accepted:", one(DOLLARS / 23)),
                entry("Calls that no price is known for:", unpriced()),
                entry(
                        "Share of attempts that succeed, by provider. Cancelled ones are neither:",
                        by("provider", Map.of("north", 19.0 / 23, "south", 14.0 / 29))),
                entry(
                        "95th percentile of successful attempts, by model. Fast failures are left out, since they flatter:",
                        percentiles()),
                entry("Tokens of attempts that led to nothing:", one(WASTED_TOKENS / TOKENS)),
                entry("Attempts made again, by why:", retries()),
                entry("Violations for 10,000 words, by rule type:", violations()),
                entry("The funnel: what readers do with narratives.", funnel()),
                entry("Satisfaction, as the mean of the ratings:", one((7 * 5 + 3 * 2) / RATINGS)),
                entry("The share of narratives that were rated at all:", one(RATINGS / NARRATIVES)),
                entry("Turns of a session:", one((3 * 2 + 2 * 5) / 5.0)));
    }

    private static Map<Map<String, String>, Double> unpriced() {
        return by("model", Map.of("north-new", 2 * batches, "south-new", 3 * batches));
    }

    /** Prometheus takes the observations of a bucket to be spread evenly between its bounds. */
    private static Map<Map<String, String>, Double> percentiles() {
        return by(
                "model",
                Map.of(
                        "north-1", 3 + (5 - 3) * (0.95 * 17 - 13) / 4,
                        "north-new", 1 + (2 - 1) * 0.95,
                        "south-1", 45 + (60 - 45) * (0.95 * 11 - 6) / 5,
                        "south-new", 5 + (7.5 - 5) * 0.95));
    }

    private static Map<Map<String, String>, Double> retries() {
        return by("error_type", Map.of("timeout", (2 + 3) * batches, "rate_limit", 7 * batches));
    }

    private static Map<Map<String, String>, Double> violations() {
        return by("rule_type", Map.of("consistency", (3 + 4) * 10_000 / WORDS, "timeline_plot", 17 * 10_000 / WORDS));
    }

    private static Map<Map<String, String>, Double> funnel() {
        return by(
                "interaction_type",
                Map.of(
                        "accept", 23 * batches,
                        "edit", 29 * batches,
                        "regenerate", 31 * batches,
                        "reject", 37 * batches,
                        "abandon", 41 * batches));
    }

    private static Map<Map<String, String>, Double> one(double value) {
        return Map.of(Map.of(), value);
    }

    private static Map<Map<String, String>, Double> by(String label, Map<String, Double> values) {
        Map<Map<String, String>, Double> answers = new LinkedHashMap<>();
        values.forEach((value, number) -> answers.put(Map.of(label, value), number));
        return answers;
    }
}
