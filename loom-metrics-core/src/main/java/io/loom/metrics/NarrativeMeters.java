package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.llm.ErrorType;
import io.loom.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Narratives: those that are whole, cut off or failed, their words and how long they took. Each counts as one of the three.
 *
 * <p>Thread-safe. Recording never throws; for a genre that was seen before it takes no lock and allocates nothing.
 */
public final class NarrativeMeters {
    private final Clock clock;
    private final SeriesTable<NarrativeSeries> series;

    NarrativeMeters(Registrar registrar) {
        this.clock = registrar.clock();
        this.series = registrar.table(
                LoomMeter.NARRATIVES_GENERATED.spec(),
                List.of(registrar.openGate(LoomMeter.NARRATIVES_GENERATED, Label.GENRE)),
                values -> new NarrativeSeries(registrar, values[0]));
    }

    /** Makes the series of a genre exist from now on, at 0. */
    public void register(@Nullable String genre) {
        series.get(genre);
    }

    /** Starts a narrative; the handle ends it. */
    public Narrative start(@Nullable String genre) {
        // First: a narrative that is made before the look-up is filled at more cost.
        NarrativeSeries known = Apart.find(series, genre);
        return new Narrative(this, known);
    }

    /**
     * Counts a narrative that was generated.
     *
     * @param genre its genre
     * @param words its length; a negative one is dropped and counted as rejected, and the narrative still counts
     */
    public void generated(@Nullable String genre, long words) {
        series.get(genre).generated(words);
    }

    /**
     * Like {@link #generated(String, long)}, with how long it took.
     *
     * @param elapsed 0 to 365 days
     */
    public void generated(@Nullable String genre, long words, @Nullable Duration elapsed) {
        NarrativeSeries resolved = series.get(genre);
        resolved.generated(words);
        resolved.timed(elapsed);
    }

    /** Counts a narrative that was cut off; its words count. */
    public void truncated(@Nullable String genre, long words) {
        series.get(genre).truncated(words);
    }

    /** Counts a narrative that there is not; null counts as {@link ErrorType#OTHER}. */
    public void failed(@Nullable String genre, @Nullable ErrorType type) {
        series.get(genre).failed(type);
    }

    /** Counts a narrative that the story rules did not let be shown: failed, for the reason {@code rule_rejected}. */
    public void rejected(@Nullable String genre) {
        series.get(genre).rejected();
    }

    long nanoTime() {
        return clock.monotonicTime();
    }
}
