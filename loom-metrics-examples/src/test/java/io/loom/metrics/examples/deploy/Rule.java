package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rule of a rule file: an alert, or one that records.
 *
 * @param name of the alert, or of what is recorded
 * @param pending how long the expression must hold; empty for no time
 */
record Rule(
        String group,
        String name,
        String expr,
        String pending,
        Map<String, String> labels,
        Map<String, String> annotations) {
    static List<Rule> recording(Path file) throws IOException {
        return read(file, "record");
    }

    static List<Rule> alerts(Path file) throws IOException {
        return read(file, "alert");
    }

    String label(String key) {
        return labels.getOrDefault(key, "");
    }

    /** {@return the part of a recorded name before the first colon} */
    String level() {
        return name.substring(0, name.indexOf(':'));
    }

    /** {@return the part of a recorded name after the last colon} */
    String operations() {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    private static List<Rule> read(Path file, String kind) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode group : Kit.yaml(file).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (rule.has(kind)) {
                    rules.add(new Rule(
                            group.path("name").asText(),
                            rule.path(kind).asText(),
                            rule.path("expr").asText(),
                            rule.path("for").asText(),
                            texts(rule.path("labels")),
                            texts(rule.path("annotations"))));
                }
            }
        }
        return rules;
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new TreeMap<>();
        fields.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
