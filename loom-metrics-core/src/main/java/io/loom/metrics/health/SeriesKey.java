package io.loom.metrics.health;

import io.loom.metrics.series.LabelValues;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What identifies a series of a plugin. Its labels have sane names and values.
 *
 * @param name of the metric, as the plugin gave it
 */
record SeriesKey(String name, SortedMap<String, String> labels) {
    private static final int MAX_LENGTH = 128;
    private static final int MAX_LABELS = 32;

    /** {@return the key, unless a name is blank or too long, or there are too many labels} */
    static Optional<SeriesKey> of(String name, Map<String, String> labels) {
        if (!isName(name)
                || labels.size() > MAX_LABELS
                || !labels.keySet().stream().allMatch(SeriesKey::isName)) {
            return Optional.empty();
        }
        SortedMap<String, String> sane = new TreeMap<>();
        labels.forEach((key, value) -> sane.put(key, LabelValues.sanitise(value)));
        return Optional.of(new SeriesKey(name, sane));
    }

    Tags tags() {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= MAX_LENGTH;
    }
}
