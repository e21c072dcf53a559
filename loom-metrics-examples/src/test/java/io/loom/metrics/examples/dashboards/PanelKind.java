package io.loom.metrics.examples.dashboards;

/** How a panel shows its data: Grafana's name of it, and how high it is, in units of Grafana's grid. */
enum PanelKind {
    STAT("stat", 4),
    GAUGE("gauge", 8),
    BAR_GAUGE("bargauge", 8),
    TIME_SERIES("timeseries", 8),
    HEATMAP("heatmap", 8),
    TABLE("table", 8);

    private final String type;
    private final int height;

    PanelKind(String type, int height) {
        this.type = type;
        this.height = height;
    }

    String type() {
        return type;
    }

    int height() {
        return height;
    }

    /** {@return whether only the value of now counts, so that the past need not be asked for} */
    boolean isOfNow() {
        return this == TABLE || this == BAR_GAUGE;
    }
}
