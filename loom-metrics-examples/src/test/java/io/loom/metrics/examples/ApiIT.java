package io.loom.metrics.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
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
 * Each figure of docs/api.md against the PromQL beside it, on a real Prometheus, over the same minute of steady traffic.
 */
class ApiIT {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_0-9.\\[\\]]+)` \\| `(.+)` \\|$");
    private static final Pattern QUANTILE = Pattern.compile("p95$");
    private static final double PERCENT = 5;

    @TempDir
    private static Path directory;

    @AutoClose
    private static ApiTraffic traffic;

    @AutoClose
    private static PrometheusServer prometheus;

    private static JsonNode summary;
    private static double moment;

    @BeforeAll
    static void start() throws Exception {
        Path program = StackProgram.require("prometheus");
        traffic = ApiTraffic.start();
        prometheus = PrometheusServer.start(program, directory, traffic.uri());
        prometheus.awaitTarget();
        for (int seconds = 15; seconds <= 75; seconds += 15) {
            String scraped = "count_over_time(up{job=\"loom\"}[5m]) >= " + seconds;
            Eventually.holds(
                    "scrapes are " + seconds, () -> !prometheus.values(scraped).isEmpty());
        }
        look();
    }

    private static void look() throws IOException, InterruptedException {
        summary = new ServiceClient(traffic.uri()).get("/api/v1/metrics").json();
        moment = Instant.parse(summary.at("/time").textValue()).toEpochMilli() / 1e3;
    }

    /** Where a busy machine stood still, one side may have what the other has in its next minute: both are then asked again. */
    @ParameterizedTest
    @MethodSource("figures")
    void figure_ofTheDocument_isWhatPrometheusSays(String figure) throws Exception {
        Eventually.passes(() -> {
            try {
                assertAgrees(figure);
            } catch (AssertionError e) {
                look();
                throw e;
            }
        });
    }

    private static void assertAgrees(String figure) throws Exception {
        Map<Map<String, String>, Double> told = told(figure);
        Map<Map<String, String>, Double> expected = asked(queries().get(figure));

        if (figure.startsWith("process.") || figure.startsWith("jvm.")) { // which move all the time
            assertThat(told.keySet()).isEqualTo(expected.keySet()).hasSize(1);
            return;
        }
        assertThat(told.keySet()).isEqualTo(expected.keySet());
        expected.forEach((labels, value) ->
                assertThat(told.get(labels)).as("%s %s", figure, labels).isCloseTo(value, withinPercentage(PERCENT)));
    }

    /** Those that are absent, or 0, on both sides agree for nothing. */
    @Test
    void figures_ofTheDocument_areNearlyAllKnown() throws Exception {
        assertThat(queries()).hasSizeGreaterThan(100);
        assertThat(queries().keySet())
                .filteredOn(figure -> told(figure).isEmpty())
                .containsExactly("sessions.expired_total", "library.overflow_total", "library.plugin_failures_total");
    }

    /** Each number of the summary has its row, or is told of below the tables. */
    @Test
    void members_ofTheSummary_areAllInTheDocument() throws IOException {
        String document = document();
        assertThat(members("", summary))
                .hasSizeGreaterThan(80)
                .allSatisfy(member -> assertThat(document).contains('`' + member));
    }

    static Stream<String> figures() throws IOException {
        return queries().keySet().stream();
    }

    /** {@return what the API tells, by the labels of the PromQL; without what is null, and without zeros} */
    private static Map<Map<String, String>, Double> told(String figure) {
        Map<Map<String, String>, Double> told = new HashMap<>();
        collect(summary, figure, Map.of(), told);
        told.values().removeIf(value -> value == 0.0);
        return told;
    }

    private static void collect(
            JsonNode node, String path, Map<String, String> labels, Map<Map<String, String>, Double> told) {
        if (path.isEmpty()) {
            JsonNode value = node.has("1m") ? node.at("/1m") : node;
            if (!value.isNull()) {
                told.put(labels, value.asDouble());
            }
            return;
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (!name.endsWith("[]")) {
            JsonNode inner = node.path(node.has("1m") ? "1m" : name);
            collect(node.has("1m") ? inner.path(name) : inner, rest, labels, told);
            return;
        }
        JsonNode entries = node.path(name.substring(0, name.length() - 2));
        if (entries.isObject()) {
            String key = name.startsWith("errors") ? "error_type" : "interaction_type";
            entries.properties()
                    .forEach(entry -> collect(entry.getValue(), rest, with(labels, key, entry.getKey()), told));
        } else {
            entries.forEach(entry -> collect(entry, rest, withTexts(labels, entry), told));
        }
    }

    private static Map<String, String> withTexts(Map<String, String> labels, JsonNode entry) {
        Map<String, String> more = new HashMap<>(labels);
        entry.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                more.put(member.getKey(), member.getValue().textValue());
            }
        });
        return more;
    }

    private static Map<String, String> with(Map<String, String> labels, String key, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(key, value);
        return more;
    }

    /** {@return what Prometheus answers; without NaN, and without zeros} */
    private static Map<Map<String, String>, Double> asked(String promQl) throws Exception {
        Map<Map<String, String>, Double> answers = new HashMap<>();
        prometheus.valuesByLabels(promQl.replace("[5m]", "[1m]"), moment).forEach((labels, value) -> {
            Map<String, String> own = new HashMap<>(labels);
            own.keySet().removeAll(List.of("__name__", "instance", "job"));
            answers.put(own, value);
        });
        answers.values().removeIf(value -> value.isNaN() || value == 0.0);
        return answers;
    }

    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(document());
        for (MatchResult row : rows.results().toList()) {
            assertThat(queries.put(row.group(1), row.group(2)))
                    .as("another query for %s", row.group(1))
                    .isNull();
            addOtherQuantiles(row.group(1), row.group(2), queries);
        }
        return queries;
    }

    /** As the document says to. */
    private static void addOtherQuantiles(String figure, String promQl, Map<String, String> queries) {
        if (QUANTILE.matcher(figure).find()) {
            queries.put(QUANTILE.matcher(figure).replaceFirst("p50"), promQl.replace("0.95", "0.5"));
            queries.put(QUANTILE.matcher(figure).replaceFirst("p99"), promQl.replace("0.95", "0.99"));
        }
    }

    /** {@return the paths of all numbers, as the document writes them} */
    private static List<String> members(String path, JsonNode node) {
        if (node.isTextual() || path.endsWith(".p50") || path.endsWith(".p99") || path.equals("version")) {
            return List.of();
        }
        if (node.has("1m")) {
            return members(path, node.at("/1m"));
        }
        if (node.isArray()) {
            return node.isEmpty() ? List.of() : members(path + "[]", node.get(0));
        }
        if (node.isObject() && (path.endsWith("errors_per_second") || path.endsWith("interactions.per_second"))) {
            return List.of(path + "[]");
        }
        if (!node.isObject()) {
            return List.of(path);
        }
        return node.properties().stream()
                .flatMap(member ->
                        members((path.isEmpty() ? "" : path + '.') + member.getKey(), member.getValue()).stream())
                .toList();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "api.md"));
    }
}
