package io.loom.metrics;

import java.util.Locale;

/** What a story rule watches. Others of the caller's own may be recorded by name. */
public enum RuleType {
    /** The story does not contradict itself. */
    CONSISTENCY,
    /** Characters stay who they are. */
    CHARACTERIZATION,
    /** Details agree with what is known. */
    FACTUAL_DETAIL,
    /** The style is that of the story. */
    NARRATIVE_STYLE,
    /** Events follow each other as they must. */
    TIMELINE_PLOT,
    /** The world keeps its own laws. */
    WORLD_BUILDING;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** {@return the value of the label {@code rule_type}} */
    public String label() {
        return label;
    }
}
