package io.loom.metrics.examples.dashboards;

import java.util.List;

/**
 * Panels that stand beside each other, equally wide.
 *
 * @param panels 1, 2, 3, 4, 6, 8, 12 or 24 of them
 */
record Line(List<Panel> panels) {
    Line {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || Layout.COLUMNS % panels.size() != 0) {
            throw new IllegalArgumentException("the number of panels on a line must divide " + Layout.COLUMNS + ": was "
                    + panels.size() + ". Move some to another line.");
        }
    }

    static Line line(Panel... panels) {
        return new Line(List.of(panels));
    }

    int width() {
        return Layout.COLUMNS / panels.size();
    }

    /** {@return the height of the highest} */
    int height() {
        return panels.stream().mapToInt(panel -> panel.kind().height()).max().orElse(0);
    }
}
