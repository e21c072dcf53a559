package io.loom.metrics.prometheus.api;

import io.loom.metrics.prometheus.family.LabelBlock;
import io.loom.metrics.prometheus.family.Labels;
import java.util.List;
import java.util.Map;

/** The labels of the sample that a walk has come to, taken apart when they are asked for. One for each walk; not thread-safe. */
final class LabelValues {
    private String block = "";
    private List<Map.Entry<String, String>> pairs = List.of();
    private boolean decoded;

    /** Moves on to a sample. */
    void enter(Labels labels) {
        block = labels.toString();
        decoded = false;
    }

    /** {@return the value of a label; empty where there is none, as in PromQL} */
    String get(String key) {
        if (!decoded) {
            pairs = LabelBlock.decode(block);
            decoded = true;
        }
        for (Map.Entry<String, String> pair : pairs) {
            if (pair.getKey().equals(key)) {
                return pair.getValue();
            }
        }
        return "";
    }

    /** {@return the values of the labels of a grouping} */
    List<String> of(Grouping grouping) {
        return grouping.keys().stream().map(this::get).toList();
    }
}
