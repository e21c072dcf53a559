package io.loom.metrics.examples.deploy;

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

    static List<Query> ofRules(Path file) throws IOException {
        List<Query> queries = new ArrayList<>();
        Rule.recording(file).forEach(rule -> queries.add(new Query(rule.name(), rule.expr())));
        Rule.alerts(file).forEach(rule -> queries.add(new Query(rule.name(), rule.expr())));
        return queries;
    }

    /** {@return the queries in the blocks {@code promql} of a folder's documents} */
    static List<Query> ofDocuments(Path folder) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Path file : Kit.files(folder, ".md")) {
            String name = file.getFileName().toString();
            BLOCK.matcher(Files.readString(file))
                    .results()
                    .forEach(block -> queries.add(new Query(name, block.group(1))));
        }
        return queries;
    }

    /** {@return the queries of a folder's Grafana dashboards} */
    static List<Query> ofDashboards(Path folder) throws IOException {
        List<Query> queries = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        for (Path file : Kit.files(folder, ".json")) {
            String name = file.getFileName().toString();
            json.readTree(Files.readString(file))
                    .findValuesAsText("expr")
                    .forEach(expression -> queries.add(new Query(name, expression)));
        }
        return queries;
    }
}
