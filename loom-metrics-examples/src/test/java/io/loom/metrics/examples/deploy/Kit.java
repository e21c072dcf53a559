package io.loom.metrics.examples.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of the monitoring kit, and the documents about it. */
public final class Kit {
    public static final Path ROOT = Path.of(System.getProperty("loom.root"));
    public static final Path DEPLOY = ROOT.resolve(Path.of("loom-metrics-examples", "deploy"));
    public static final Path RULES = DEPLOY.resolve("prometheus-rules.yml");
    public static final Path ALERTS = DEPLOY.resolve("prometheus-alerts.yml");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Kit() {}

    public static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** {@return the names of all series that the rules record} */
    public static List<String> recordedNames() throws IOException {
        return Rule.recording(RULES).stream().map(Rule::name).toList();
    }

    /** {@return the expression of a recording rule} */
    public static String recorded(String name) throws IOException {
        return Rule.recording(RULES).stream()
                .filter(rule -> rule.name().equals(name))
                .map(Rule::expr)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is recorded as " + name));
    }

    static String document(String name) throws IOException {
        return Files.readString(ROOT.resolve(Path.of("docs", name)));
    }

    /** {@return the files in a folder and below it whose names end so, in order} */
    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the labels that an alert's rule adds: its severity and its service} */
    public static Map<String, String> labelsOf(String alert) throws IOException {
        return Rule.alerts(ALERTS).stream()
                .filter(rule -> rule.name().equals(alert))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no alert " + alert))
                .labels();
    }
}
