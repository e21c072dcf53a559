package io.loom.metrics;

import io.loom.metrics.catalogue.Label;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.series.SeriesTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What readers do, and how they rate: {@code loom_user_interactions_total}, {@code loom_user_rating} and {@code
 * loom_user_satisfaction_score}. The series of every {@link Interaction} exist at 0 from the start.
 *
 * <p>Thread-safe. Recording never throws; for an interaction that was seen before it takes no lock.
 */
public final class InteractionMeters {
    private static final Set<String> KNOWN =
            Arrays.stream(Interaction.values()).map(Interaction::label).collect(Collectors.toUnmodifiableSet());

    private static final int MIN_RATING = 1;
    private static final int MAX_RATING = 5;

    private final SeriesTable<CounterSeries> series;
    private final RatingWindow window;
    private final SummarySeries ratings;
    private final Rejections rejections;

    InteractionMeters(Registrar registrar) {
        this.series = registrar.table(
                LoomMeter.USER_INTERACTIONS.spec(),
                List.of(registrar.openGate(LoomMeter.USER_INTERACTIONS, Label.INTERACTION_TYPE, KNOWN)),
                values -> CounterSeries.register(registrar, LoomMeter.USER_INTERACTIONS.spec(), values));
        this.window = new RatingWindow(registrar.clock());
        this.ratings = SummarySeries.register(registrar, LoomMeter.USER_RATING.spec());
        this.rejections = registrar.rejections(LoomMeter.USER_RATING.spec());
        registrar.gauge(LoomMeter.USER_SATISFACTION_SCORE.spec(), window::mean);
        for (Interaction interaction : Interaction.values()) {
            series.get(interaction.label());
        }
    }

    /**
     * Counts an interaction.
     *
     * @param interaction null counts as {@code unknown}
     */
    public void record(@Nullable Interaction interaction) {
        record(interaction == null ? null : interaction.label());
    }

    /** Counts an interaction of the caller's own. */
    public void record(@Nullable String interactionType) {
        series.get(interactionType).increment();
    }

    /**
     * Counts a rating, and lets it into the satisfaction score for 15 minutes.
     *
     * @param rating 1 to 5; any other is dropped whole and counted as rejected
     */
    public void rate(int rating) {
        if (rating < MIN_RATING || rating > MAX_RATING) {
            rejections.reject(Reason.OUT_OF_RANGE, rating);
            return;
        }
        record(Interaction.RATE);
        ratings.record(rating);
        window.add(rating);
    }
}
