package io.loom.metrics;

import java.util.Locale;

/** What a reader did with a narrative. Others of the caller's own may be recorded by name. */
public enum Interaction {
    /** Took it as it is. */
    ACCEPT,
    /** Changed it. */
    EDIT,
    /** Asked for another. */
    REGENERATE,
    /** Threw it away. */
    REJECT,
    /** Left before deciding. */
    ABANDON,
    /** Copied it. */
    COPY,
    /** Shared it. */
    SHARE,
    /** Rated it. */
    RATE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code interaction_type}} */
    public String label() {
        return label;
    }
}
