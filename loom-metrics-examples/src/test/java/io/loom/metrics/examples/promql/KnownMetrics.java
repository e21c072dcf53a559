package io.loom.metrics.examples.promql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All metrics that a query may name: those of the catalogue, and those of others that {@code foreign-metrics.txt} lists.
 *
 * @param bySample by the name of each of its samples
 */
public record KnownMetrics(Map<String, KnownMetric> bySample) {
    private static final String FOREIGN = "/foreign-metrics.txt";
    private static final int COLUMNS = 3;

    /** What Prometheus puts on the samples of each target. */
    private static final Set<String> OF_A_TARGET = Set.of("job", "instance");

    /** {@return the catalogue's metrics and the foreign ones} */
    public static KnownMetrics all() {
        Map<String, KnownMetric> all = new LinkedHashMap<>(CatalogueNames.samples());
        all.putAll(foreign());
        return new KnownMetrics(all);
    }

    /** {@return the metrics of others, by the name of their only sample} */
    public static Map<String, KnownMetric> foreign() {
        Map<String, KnownMetric> foreign = new LinkedHashMap<>();
        try (InputStream file = Objects.requireNonNull(KnownMetrics.class.getResourceAsStream(FOREIGN), FOREIGN)) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(KnownMetrics::foreign)
                    .forEach(metric -> foreign.put(metric.name(), metric));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return foreign;
    }

    /** {@return the metric that a sample belongs to} */
    public Optional<KnownMetric> find(String sample) {
        return Optional.ofNullable(bySample.get(sample));
    }

    /** {@return what is wrong with the names in a query, one sentence each} */
    public List<String> faults(String query) {
        List<String> faults = new ArrayList<>();
        for (PromqlNames.Use use : PromqlNames.in(query)) {
            Optional<KnownMetric> metric = find(use.sample());
            if (metric.isEmpty()) {
                faults.add("there is no metric " + use.sample() + " in: " + query);
                continue;
            }
            use.labels().stream()
                    .filter(label -> !OF_A_TARGET.contains(label))
                    .filter(label -> !metric.get().labels().contains(label))
                    .forEach(label -> faults.add(use.sample() + " has no label " + label + " in: " + query));
        }
        return faults;
    }

    private static KnownMetric foreign(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException("a line of " + FOREIGN + " must be name | labels | meaning: was " + line);
        }
        String labels = columns[1].strip();
        return new KnownMetric(
                columns[0].strip(), columns[2].strip(), labels.isEmpty() ? Set.of() : Set.of(labels.split(",\\s*")));
    }
}
