package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A sample of an {@link OpenMetricsPage}, as it stands on its line. Its value is kept as it is written. */
record OpenMetricsLine(
        String name, SortedMap<String, String> labels, String text, OpenMetricsPage.@Nullable Exemplar exemplar) {
    private static final int MAX_EXEMPLAR_LENGTH = 128;

    /** A careful producer leaves the time to the scraper. */
    static OpenMetricsLine parse(String line) {
        OpenMetricsScanner scanner = new OpenMetricsScanner(line);
        String name = scanner.metricName();
        SortedMap<String, String> labels = scanner.skip(" ") ? new TreeMap<>() : labels(scanner);
        String value = scanner.word();
        OpenMetricsScanner.number(value);
        return new OpenMetricsLine(name, labels, value, scanner.atEnd() ? null : exemplar(scanner));
    }

    double value() {
        return OpenMetricsScanner.number(text);
    }

    boolean isInteger() {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@return the labels of the metric, without the one that tells its samples apart} */
    SortedMap<String, String> labelsWithout(String name) {
        SortedMap<String, String> others = new TreeMap<>(labels);
        others.remove(name);
        return others;
    }

    private static SortedMap<String, String> labels(OpenMetricsScanner scanner) {
        SortedMap<String, String> labels = scanner.labels();
        scanner.expect(" ", "must have one space before its value");
        return labels;
    }

    private static OpenMetricsPage.Exemplar exemplar(OpenMetricsScanner scanner) {
        scanner.expect(" # ", "must end behind its value, or have an exemplar");
        SortedMap<String, String> labels = scanner.labels();
        int length = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String text = label.getKey() + label.getValue();
            length += text.codePointCount(0, text.length());
        }
        require(length <= MAX_EXEMPLAR_LENGTH, "must have no longer labels on its exemplar");
        scanner.expect(" ", "must have one space before its exemplar's value");
        double value = OpenMetricsScanner.number(scanner.word());
        Double seconds = null;
        if (scanner.skip(" ")) {
            seconds = OpenMetricsScanner.realNumber(scanner.word());
        }
        require(scanner.atEnd(), "must end behind its exemplar");
        return new OpenMetricsPage.Exemplar(labels, value, seconds);
    }
}
