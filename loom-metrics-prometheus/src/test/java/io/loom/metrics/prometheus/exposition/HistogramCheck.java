package io.loom.metrics.prometheus.exposition;

import static io.loom.metrics.prometheus.exposition.TextPage.require;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the histograms of a family of a {@link TextPage} to their shape: buckets by rising bound and never falling, the last to
 * +Inf, then a count that equals it, then a sum; and nothing of another series in between.
 */
final class HistogramCheck {
    private final String name;
    private final Set<Map<String, String>> seen = new HashSet<>();
    private @Nullable SortedMap<String, String> series;
    private double bound;
    private double cumulative;
    private boolean counted;
    private boolean summed;

    HistogramCheck(String name) {
        this.name = name;
    }

    void accept(TextLine line) {
        SortedMap<String, String> labels = new TreeMap<>(line.labels());
        String le = labels.remove("le");
        boolean bucket = line.name().length() == name.length() + "_bucket".length();
        require(bucket == (le != null), "must have le in its buckets, and nowhere else");
        if (!labels.equals(series)) {
            end();
            begin(labels);
        }
        if (le != null) {
            bucket(TextLine.bound(le), line.value());
        } else if (line.name().endsWith("_count")) {
            require(!counted && bound == Double.POSITIVE_INFINITY, "must have its count behind the bucket to +Inf");
            require(line.value() == cumulative, "must have a count that equals its bucket to +Inf");
            counted = true;
        } else {
            require(counted, "must have its sum behind its count");
            summed = true;
        }
    }

    void end() {
        boolean bucketsOnly = !counted && bound == Double.POSITIVE_INFINITY; // as long task timers have
        require(series == null || summed || bucketsOnly, "ends the histogram before it has a sum");
        series = null;
    }

    private void begin(SortedMap<String, String> labels) {
        require(seen.add(labels), "goes back to a histogram that had ended");
        series = labels;
        bound = Double.NEGATIVE_INFINITY;
        cumulative = 0;
        counted = false;
        summed = false;
    }

    private void bucket(double le, double count) {
        require(!counted && le > bound, "must have its buckets by rising bounds");
        require(count >= cumulative, "must have buckets that are cumulative");
        bound = le;
        cumulative = count;
    }
}
