package io.loom.metrics.examples.dashboards;

import java.util.List;

/**
 * A part of a dashboard under a title.
 *
 * @param collapsed whether its panels are hidden until the reader opens it; they then ask nothing of Prometheus
 * @param lines from top to bottom
 */
record Row(String title, boolean collapsed, List<Line> lines) {
    Row {
        lines = List.copyOf(lines);
    }

    static Row of(String title, Line... lines) {
        return new Row(title, false, List.of(lines));
    }

    /** {@return a row of details} */
    static Row collapsed(String title, Line... lines) {
        return new Row(title, true, List.of(lines));
    }
}
