package io.loom.metrics;

import java.util.Locale;

/** How grave the violation of a rule is. */
public enum Severity {
    /** A reader may not notice. */
    MINOR,
    /** A reader will notice. */
    MAJOR,
    /** The narrative must not be shown. */
    CRITICAL;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code severity}} */
    public String label() {
        return label;
    }
}
