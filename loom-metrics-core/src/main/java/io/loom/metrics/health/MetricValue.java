package io.loom.metrics.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of a metric of a {@link MonitorPlugin}: a number, a number with labels, or several of these. Immutable.
 *
 * <pre>{@code
 * MetricValue.of(42)
 * MetricValue.of(100, "type", "test")
 * MetricValue.of(3, "queue", "drafts").and(5, "queue", "edits")
 * }</pre>
 *
 * <p>What cannot be shown is no error here. It is left out when the plugin's metrics are read, and counted in {@code
 * loom_metrics_plugin_failures_total}: a value that is NaN, a label without a name, labels that another series has.
 */
public record MetricValue(List<Series> series) {
    /** Keeps a copy. */
    public MetricValue {
        series = List.copyOf(series);
    }

    /**
     * {@return a number, with labels if there are any}
     *
     * @param labels names and values, one after another
     * @throws IllegalArgumentException where a name has no value
     */
    public static MetricValue of(double value, @Nullable String... labels) {
        return new MetricValue(List.of(new Series(value, pairs(labels))));
    }

    /**
     * {@return this and one more series}
     *
     * @param labels names and values, one after another
     * @throws IllegalArgumentException where a name has no value
     */
    public MetricValue and(double value, @Nullable String... labels) {
        List<Series> more = new ArrayList<>(series);
        more.add(new Series(value, pairs(labels)));
        return new MetricValue(more);
    }

    private static Map<String, String> pairs(@Nullable String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "labels must be names and values, one after another: were " + labels.length + " texts");
        }
        Map<@Nullable String, @Nullable String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.put(labels[i], labels[i + 1]);
        }
        return textsOf(pairs);
    }

    /** A name that is null cannot be shown, as one that is empty; a value that is null is shown as {@code unknown} later. */
    private static Map<String, String> textsOf(Map<? extends @Nullable String, ? extends @Nullable String> labels) {
        Map<String, String> texts = new LinkedHashMap<>();
        labels.forEach((name, value) -> texts.put(name == null ? "" : name, value == null ? "" : value));
        return Collections.unmodifiableMap(texts);
    }

    /**
     * A number and its labels.
     *
     * @param labels by their names; a value that is null or blank becomes {@code unknown}, one that is longer than 128
     *     characters is cut
     */
    public record Series(double value, Map<String, String> labels) {
        /** Keeps a copy. */
        public Series {
            labels = textsOf(labels);
        }
    }
}
