package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The manifests in kubernetes/, by the name of their file. */
final class Manifests {
    static final String KUSTOMIZATION = "kustomization.yaml";

    private Manifests() {}

    /** {@return all but the kustomization} */
    static Map<String, JsonNode> all() throws IOException {
        Map<String, JsonNode> manifests = new TreeMap<>();
        for (String file : files()) {
            if (!file.equals(KUSTOMIZATION)) {
                manifests.put(file, of(file));
            }
        }
        return manifests;
    }

    static JsonNode of(String file) throws IOException {
        return YamlFile.of("kubernetes/" + file).read();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(YamlFile.examples().resolve("kubernetes"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
