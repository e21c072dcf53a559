package io.loom.metrics.examples.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A metric that the kit uses and that is not the library's. They are listed in foreign-metrics.csv, each with its source. */
public record ForeignMetric(String name, List<String> labels, String source) {
    public static List<ForeignMetric> all() throws IOException {
        try (InputStream file = ForeignMetric.class.getResourceAsStream("/foreign-metrics.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ForeignMetric::parse)
                    .toList();
        }
    }

    private static ForeignMetric parse(String line) {
        String[] cells = line.split(",", 3);
        List<String> labels = Arrays.stream(cells[1].split(" ", -1))
                .filter(label -> !label.isEmpty())
                .toList();
        return new ForeignMetric(cells[0], labels, cells[2]);
    }
}
