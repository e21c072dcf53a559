package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.SeriesTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Narratives: {@code loom_narratives_generated_total} and {@code loom_narratives_words_total}.
 *
 * <p>Thread-safe. Recording never throws; for a genre that was seen before it takes no lock and allocates nothing.
 */
public final class NarrativeMeters {
    private final SeriesTable<NarrativeSeries> series;

    NarrativeMeters(Registrar registrar) {
        this.series = registrar.table(
                LoomMeter.NARRATIVES_GENERATED.spec(),
                List.of(registrar.openGate(LoomMeter.NARRATIVES_GENERATED, Label.GENRE)),
                values -> new NarrativeSeries(
                        CounterSeries.register(registrar, LoomMeter.NARRATIVES_GENERATED.spec(), values),
                        CounterSeries.register(registrar, LoomMeter.NARRATIVES_WORDS.spec(), values)));
    }

    /** Makes the series of a genre exist from now on, at 0. */
    public void register(@Nullable String genre) {
        series.get(genre);
    }

    /**
     * Counts a narrative that was generated.
     *
     * @param genre its genre
     * @param words its length; a negative one is dropped and counted as rejected, and the narrative still counts
     */
    public void generated(@Nullable String genre, long words) {
        NarrativeSeries resolved = series.get(genre);
        resolved.generated.increment();
        resolved.words.increment((double) words);
    }

    private record NarrativeSeries(CounterSeries generated, CounterSeries words) {}
}
