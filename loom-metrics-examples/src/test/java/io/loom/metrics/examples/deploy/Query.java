package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A PromQL expression, and where it stands. */
record Query(String where, String expression) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```promql\n(.*?)\n```$");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    static List<Query> ofRules(Path file) throws IOException {
        List<Query> queries = new ArrayList<>();
        Rule.recording(file).forEach(rule -> queries.add(new Query(rule.name(), rule.expr())));
        Rule.alerts(file).forEach(rule -> queries.add(new Query(rule.name(), rule.expr())));
        return queries;
    }

    /** {@return the series that promtool's tests of a folder make up, as queries for them} */
    static List<Query> ofTests(Path folder) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Path file : Kit.files(folder, ".yml")) {
            Kit.yaml(file).findValuesAsText("series").forEach(series -> queries.add(in(file, series)));
        }
        return queries;
    }

    /** {@return the queries in the blocks {@code promql} of a folder's documents} */
    static List<Query> ofDocuments(Path folder) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Path file : Kit.files(folder, ".md")) {
            BLOCK.matcher(Files.readString(file)).results().forEach(block -> queries.add(in(file, block.group(1))));
        }
        return queries;
    }

    /** {@return the queries of a folder's Grafana dashboards, and of the variables above them} */
    static List<Query> ofDashboards(Path folder) throws IOException {
        List<Query> queries = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        for (Path file : Kit.files(folder, ".json")) {
            JsonNode dashboard = json.readTree(Files.readString(file));
            dashboard.findValuesAsText("expr").forEach(expression -> queries.add(in(file, expression)));
            for (JsonNode variable : dashboard.at("/templating/list")) {
                LABEL_VALUES
                        .matcher(variable.at("/query/query").asText())
                        .results()
                        .forEach(values ->
                                queries.add(in(file, "count by (" + values.group(2) + ") (" + values.group(1) + ')')));
            }
        }
        return queries;
    }

    private static Query in(Path file, String expression) {
        return new Query(file.getFileName().toString(), expression);
    }
}
