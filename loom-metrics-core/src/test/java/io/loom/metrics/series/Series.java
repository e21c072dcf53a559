package io.loom.metrics.series;

import java.util.List;

/** A series that knows its values; equal only to itself. */
final class Series {
    private final List<String> values;

    Series(String... values) {
        this.values = List.of(values);
    }

    List<String> values() {
        return values;
    }

    @Override
    public String toString() {
        return "series " + values;
    }
}
