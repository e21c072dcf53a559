package io.loom.metrics.examples;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.Severity;
import io.loom.metrics.catalogue.LoomMeter;
import io.loom.metrics.examples.http.Route;
import io.loom.metrics.examples.http.Router;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.StoryRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the series of all routes, genres and rules on the page at 0: a dashboard then has them from the start, and {@code
 * increase()} sees the first event. Models, caches and interactions do so by themselves.
 *
 * <p>The typed meters make these series at the first event. Registering the same ids with Micrometer makes them earlier; the
 * typed meters find them then.
 */
final class KnownSeries {
    private static final String NEVER_ROUTED = "TRACE";

    private final MeterRegistry registry;
    private final LoomMetrics loom;

    private KnownSeries(MeterRegistry registry, LoomMetrics loom) {
        this.registry = registry;
        this.loom = loom;
    }

    static void show(MeterRegistry registry, LoomMetrics loom, List<Route> routes) {
        KnownSeries known = new KnownSeries(registry, loom);
        for (Route route : routes) {
            known.inProgress(route.template());
            known.requests(route.method(), route.template());
        }
        known.requests("GET", Router.NO_ROUTE);
        for (Genre genre : Genre.values()) {
            known.counter(LoomMeter.NARRATIVES_GENERATED, genre.label());
            known.counter(LoomMeter.NARRATIVES_WORDS, genre.label());
        }
        for (StoryRule rule : StoryRule.values()) {
            known.counter(LoomMeter.RULES_EXECUTED, rule.label());
            for (Severity severity : Severity.values()) {
                known.counter(LoomMeter.RULES_VIOLATIONS, rule.label(), severity.label());
            }
        }
    }

    private void requests(String method, String endpoint) {
        counter(LoomMeter.HTTP_REQUESTS, method, endpoint, "200");
        counter(LoomMeter.HTTP_REQUESTS, method, endpoint, "500");
        Timer.builder(LoomMeter.HTTP_REQUEST_DURATION.meterName())
                .description(LoomMeter.HTTP_REQUEST_DURATION.spec().help())
                .tags(tags(LoomMeter.HTTP_REQUEST_DURATION, method, endpoint))
                .serviceLevelObjectives(
                        LoomMeter.HTTP_REQUEST_DURATION.spec().buckets().asDurations())
                .register(registry);
    }

    /**
     * A gauge reads what the typed meter holds, so only a request makes it: one by a method that no route has, whose own
     * series are removed again.
     */
    private void inProgress(String endpoint) {
        loom.http().start(NEVER_ROUTED, endpoint).close();
        registry.getMeters().stream()
                .filter(meter -> NEVER_ROUTED.equals(meter.getId().getTag("method")))
                .forEach(registry::remove);
    }

    private void counter(LoomMeter meter, String... values) {
        Counter.builder(meter.meterName())
                .description(meter.spec().help())
                .tags(tags(meter, values))
                .register(registry);
    }

    private static List<Tag> tags(LoomMeter meter, String... values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(meter.spec().labelKeys().get(i), values[i]));
        }
        return tags;
    }
}
