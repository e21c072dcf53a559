package io.loom.metrics.prometheus.collector;

import java.util.Locale;

/** What a foreign collector did wrong. */
public enum CollectorFailure {
    /** It threw, or gave nothing. */
    FAILED("it failed"),
    /** It took longer than it may, or has not returned since it did. */
    LATE("it did not answer in time; it is not called again until it has returned"),
    /** A family of it is named as one of ours, or of a collector before it. */
    DUPLICATE("its family is on the page already"),
    /** It has more series than it may. */
    TOO_MANY_SERIES("its family has more series than are left to it");

    private final String text;

    CollectorFailure(String text) {
        this.text = text;
    }

    /** {@return the value of the label {@code reason} of {@code loom_metrics_collector_failures_total}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what to say of the collector} */
    public String text() {
        return text;
    }
}
