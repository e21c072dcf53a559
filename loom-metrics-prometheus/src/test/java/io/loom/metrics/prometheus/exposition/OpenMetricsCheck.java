package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the metrics of a family of an {@link OpenMetricsPage} to the shape that its type asks for: the names and the order of
 * their samples, what values they may have, and nothing of another metric in between.
 */
final class OpenMetricsCheck {
    private static final Map<String, List<String>> SUFFIXES = Map.of(
            "counter", List.of("_total", "_created"),
            "gauge", List.of(""),
            "info", List.of("_info"),
            "histogram", List.of("_bucket", "_count", "_sum", "_created"),
            "gaugehistogram", List.of("_bucket", "_gcount", "_gsum"),
            "summary", List.of("", "_count", "_sum", "_created"));

    private final String name;
    private final String type;
    private final Set<Map<String, String>> seen = new HashSet<>();
    private @Nullable SortedMap<String, String> metric;
    private int part;
    private double bound;
    private double cumulative;

    OpenMetricsCheck(String name, String type) {
        this.name = name;
        this.type = type;
    }

    static boolean isType(String type) {
        return SUFFIXES.containsKey(type);
    }

    /** {@return all names that samples of such a family may have} */
    static List<String> sampleNames(String name, String type) {
        return SUFFIXES.get(type).stream().map(name::concat).toList();
    }

    void accept(OpenMetricsLine line) {
        int index = sampleNames(name, type).indexOf(line.name());
        require(index >= 0, "is outside its family");
        String suffix = SUFFIXES.get(type).get(index);
        String own = suffix.equals("_bucket") ? "le" : suffix.isEmpty() && type.equals("summary") ? "quantile" : "";
        require(own.isEmpty() || line.labels().containsKey(own), "must have the label " + own);
        SortedMap<String, String> labels = line.labelsWithout(own);
        require(!labels.containsKey("le") || !type.endsWith("histogram"), "must have le in its buckets alone");
        require(
                !labels.containsKey("quantile") || !type.equals("summary"),
                "must have quantile in its quantiles alone");
        if (!labels.equals(metric)) {
            begin(labels);
        }
        require(index > part || (index == part && !own.isEmpty()), "must have its samples in order, each once");
        part = index;
        require(line.exemplar() == null || Set.of("_bucket", "_total").contains(suffix), "must have no exemplar");
        value(suffix, line);
    }

    void end() {
        if (metric != null && type.endsWith("histogram")) {
            require(bound == Double.POSITIVE_INFINITY, "ends the histogram before its bucket to +Inf");
            require(part >= 2, "ends the histogram before it has a sum");
        }
        metric = null;
    }

    private void begin(SortedMap<String, String> labels) {
        end();
        require(seen.add(labels), "goes back to a metric that had ended");
        metric = labels;
        part = -1;
        bound = Double.NEGATIVE_INFINITY;
        cumulative = 0;
    }

    private void value(String suffix, OpenMetricsLine line) {
        double value = line.value();
        switch (suffix) {
            case "_bucket" -> bucket(line);
            case "_count", "_gcount" -> {
                require(line.isInteger(), "must have a whole number");
                require(type.equals("summary") || value == cumulative, "must equal its bucket to +Inf");
            }
            case "_total", "_sum", "_created" -> require(value >= 0, "must be at least 0");
            case "_gsum" -> require(!Double.isNaN(value), "must be a number");
            case "_info" -> require(line.text().equals("1"), "must be 1");
            default -> {
                if (type.equals("summary")) {
                    double quantile = OpenMetricsScanner.number(line.labels().get("quantile"));
                    require(quantile >= 0 && quantile <= 1, "must have a quantile from 0 to 1");
                    require(!(value < 0), "must not be negative");
                }
            }
        }
    }

    private void bucket(OpenMetricsLine line) {
        double le = OpenMetricsScanner.number(line.labels().get("le"));
        require(le > bound, "must have its buckets by rising bounds");
        require(line.isInteger() && line.value() >= cumulative, "must have buckets that are cumulative");
        OpenMetricsPage.Exemplar exemplar = line.exemplar();
        require(
                exemplar == null || (exemplar.value() <= le && exemplar.value() > bound),
                "must have an exemplar of its own");
        bound = le;
        cumulative = line.value();
    }
}
