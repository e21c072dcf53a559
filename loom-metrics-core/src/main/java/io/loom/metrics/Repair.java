package io.loom.metrics;

import java.util.Locale;

/** What became of a violation of a story rule. */
public enum Repair {
    /** The text was mended. */
    FIXED,
    /** It was marked for somebody to look at. */
    FLAGGED,
    /** Somebody let it pass. */
    OVERRIDDEN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code outcome}} */
    public String label() {
        return label;
    }
}
