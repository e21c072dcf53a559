package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard as it is delivered.
 *
 * @param name of the file, without its ending
 * @param root what it says
 */
public record DashboardFile(String name, JsonNode root) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENDING = ".json";

    /** {@return where they are} */
    static Path directory() {
        return Path.of(System.getProperty("loom.root"), "loom-metrics-examples", "deploy", "grafana-dashboards");
    }

    /** {@return all files of the directory, by name} */
    public static List<DashboardFile> all() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.sorted().map(DashboardFile::read).toList();
        }
    }

    static DashboardFile parse(String name, String text) throws IOException {
        return new DashboardFile(name, JSON.readTree(text));
    }

    /** {@return the panels, those of collapsed rows, too, without the rows} */
    public List<Panel> panels() {
        return withRows()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .map(Panel::new)
                .toList();
    }

    /** {@return the panels and the rows} */
    Stream<JsonNode> withRows() {
        return stream(root.path("panels"))
                .flatMap(panel -> Stream.concat(Stream.of(panel), stream(panel.path("panels"))));
    }

    /** {@return the variables above the panels} */
    public List<JsonNode> variables() {
        return stream(root.at("/templating/list")).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static DashboardFile read(Path file) {
        String name = file.getFileName().toString();
        try {
            return parse(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** One panel of it. */
    public record Panel(JsonNode node) {
        /** {@return what it shows} */
        public String title() {
            return node.path("title").asText();
        }

        /** {@return what it asks Prometheus} */
        public List<String> queries() {
            return stream(node.path("targets"))
                    .map(target -> target.path("expr").asText())
                    .toList();
        }

        @Override
        public String toString() {
            return title();
        }
    }
}
