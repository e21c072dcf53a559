package io.loom.metrics.examples.promql;

import io.loom.metrics.examples.promql.KnownMetric.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The metrics of others that we ask for: the list of them is {@code foreign-metrics.txt}. */
public final class ForeignMetrics {
    private static final String LIST = "/foreign-metrics.txt";
    private static final int COLUMNS = 4;

    private ForeignMetrics() {}

    /** {@return all of the list, each with its only sample} */
    public static List<KnownMetric> all() {
        try (InputStream file = Objects.requireNonNull(ForeignMetrics.class.getResourceAsStream(LIST), LIST)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ForeignMetrics::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return those of a source} */
    public static List<KnownMetric> of(Source source) {
        return all().stream().filter(metric -> metric.source() == source).toList();
    }

    private static KnownMetric parse(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(
                    "a line of " + LIST + " must be name | source | labels | meaning: was " + line);
        }
        String labels = columns[2].strip();
        return new KnownMetric(
                columns[0].strip(),
                Source.valueOf(columns[1].strip().replace(' ', '_').toUpperCase(Locale.ROOT)),
                columns[3].strip(),
                Labels.of(labels.isEmpty() ? Set.of() : Set.of(labels.split(",\\s*")))
                        .with(Labels.OF_A_TARGET)
                        .names(),
                Map.of());
    }
}
