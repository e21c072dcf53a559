package io.loom.metrics.prometheus.api;

import java.util.concurrent.TimeUnit;

/** How far rates look back. */
enum Window {
    ONE("1m", 1),
    FIVE("5m", 5),
    FIFTEEN("15m", 15);

    private final String label;
    private final long nanos;

    Window(String label, long minutes) {
        this.label = label;
        this.nanos = TimeUnit.MINUTES.toNanos(minutes);
    }

    String label() {
        return label;
    }

    long nanos() {
        return nanos;
    }
}
