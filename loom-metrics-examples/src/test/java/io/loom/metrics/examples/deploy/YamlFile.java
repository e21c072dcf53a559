package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file in YAML 1.1, which all these programs read. Anchors and merges are resolved; a key that is there twice is refused. */
public record YamlFile(Path path) {
    private static final JsonMapper JSON = new JsonMapper();

    /** {@return the file at a path below loom-metrics-examples} */
    public static YamlFile of(String path) {
        return new YamlFile(examples().resolve(path));
    }

    /** {@return the directory where the guide's commands are run} */
    public static Path examples() {
        return Path.of(System.getProperty("loom.root"), "loom-metrics-examples");
    }

    /** {@return what the only document of the file says} */
    public JsonNode read() throws IOException {
        List<JsonNode> documents = parse(Files.readString(path));
        if (documents.size() != 1) {
            throw new AssertionError(path + " must have one document: has " + documents.size());
        }
        return documents.get(0);
    }

    /** {@return the documents of a text} */
    public static List<JsonNode> parse(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(strict)).loadAll(text).forEach(value -> documents.add(JSON.valueToTree(value)));
        return documents;
    }
}
