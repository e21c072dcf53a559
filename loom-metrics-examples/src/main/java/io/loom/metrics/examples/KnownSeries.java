package io.loom.metrics.examples;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.http.Route;
import io.loom.metrics.examples.http.Router;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.StoryRule;
import java.util.List;

/**
 * Puts the series of all routes, genres and rules on the page at 0: a dashboard then has them from the start, and {@code
 * increase()} sees the first event. Models, caches and interactions do so by themselves.
 */
final class KnownSeries {
    private KnownSeries() {}

    static void show(LoomMetrics loom, List<Route> routes) {
        routes.forEach(route -> loom.http().register(route.method(), route.template(), failures(route)));
        loom.http().register("GET", Router.NO_ROUTE);
        for (Genre genre : Genre.values()) {
            loom.narratives().register(genre.label());
        }
        for (StoryRule rule : StoryRule.values()) {
            loom.rules().register(rule.label());
        }
    }

    private static int[] failures(Route route) {
        return route.failures().stream().mapToInt(Integer::intValue).toArray();
    }
}
