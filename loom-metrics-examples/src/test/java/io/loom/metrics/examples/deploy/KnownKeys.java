package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys that a program takes, each as a path, one a line. Elements of a list have the path of the list; those with a name have
 * it in brackets, since each plugin has keys of its own.
 */
record KnownKeys(Set<String> paths) {
    static KnownKeys read(String resource) throws IOException {
        try (InputStream in = KnownKeys.class.getResourceAsStream('/' + resource)) {
            return new KnownKeys(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toSet()));
        }
    }

    /** Fails at a key that is not known. */
    void check(JsonNode config) {
        check("", config);
    }

    private void check(String at, JsonNode node) {
        node.properties().forEach(field -> {
            String path = at.isEmpty() ? field.getKey() : at + '.' + field.getKey();
            if (!paths.contains(path)) {
                throw new AssertionError("there is no key " + path);
            }
            check(path, field.getValue());
        });
        if (node.isArray()) {
            node.forEach(element -> check(element.has("name") ? at + '(' + plugin(element) + ')' : at, element));
        }
    }

    private static String plugin(JsonNode element) {
        return element.path("name").asText();
    }
}
