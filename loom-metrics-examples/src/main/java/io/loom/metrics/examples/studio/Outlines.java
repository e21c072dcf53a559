package io.loom.metrics.examples.studio;

import io.loom.metrics.CounterSeries;
import io.loom.metrics.GaugeSeries;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.TimerSeries;
import io.loom.metrics.examples.story.Genre;
import io.micrometer.core.annotation.Timed;
import java.util.List;

/**
 * Writes outlines, and meters that with metrics of the service's own: {@code loom_custom_requests_total}, {@code
 * loom_custom_duration_seconds} and {@code loom_custom_active}. Thread-safe.
 */
final class Outlines {
    private final CounterSeries requests;
    private final TimerSeries duration;
    private final GaugeSeries active;

    Outlines(LoomMetrics loom) {
        this.requests =
                loom.counter("loom.custom.requests", "Outlines asked for.").with();
        this.duration =
                loom.timer("loom.custom.duration", "Time to write an outline.").with();
        this.active =
                loom.gauge("loom.custom.active", "Outlines being written now.").with();
    }

    /** {@return the outline of a story: what happens, in order} */
    List<String> write(Genre genre, String wish) {
        requests.increment();
        active.increment();
        try {
            return duration.time(() -> acts(genre, wish));
        } finally {
            active.decrement();
        }
    }

    @Timed(value = "story.outline", description = "Time to think of the acts of an outline.")
    private static List<String> acts(Genre genre, String wish) {
        List<String> things = genre.things();
        int first = Math.floorMod(wish.hashCode(), things.size());
        return List.of(
                "A hero learns of the " + things.get(first) + '.',
                "The " + things.get((first + 1) % things.size()) + " stands in the way.",
                "It ends as the reader asked: " + wish);
    }
}
