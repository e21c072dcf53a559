package io.loom.metrics.assertj;

import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;

/** Assertions on the narratives of one genre. */
public final class NarrativeAssert {
    private final Readings readings;
    private final String genre;

    NarrativeAssert(Readings readings, String genre) {
        this.readings = readings;
        this.genre = genre;
    }

    /** Fails unless so many were generated whole. */
    public NarrativeAssert hasGenerated(long expected) {
        readings.requireCount(LoomMeter.NARRATIVES_GENERATED, expected, genre);
        return this;
    }

    /** Fails unless so many were cut off. */
    public NarrativeAssert hasTruncated(long expected) {
        readings.requireCount(LoomMeter.NARRATIVES_TRUNCATED, expected, genre);
        return this;
    }

    /** Fails unless so many failed for this reason. */
    public NarrativeAssert hasFailed(ErrorType reason, long expected) {
        readings.requireCount(LoomMeter.NARRATIVES_FAILED, expected, genre, reason.label());
        return this;
    }

    /** Fails unless the rules let so many not be shown. */
    public NarrativeAssert hasRejected(long expected) {
        readings.requireCount(LoomMeter.NARRATIVES_FAILED, expected, genre, "rule_rejected");
        return this;
    }

    /** Fails unless they have so many words together. */
    public NarrativeAssert hasWords(long expected) {
        readings.requireCount(LoomMeter.NARRATIVES_WORDS, expected, genre);
        return this;
    }
}
