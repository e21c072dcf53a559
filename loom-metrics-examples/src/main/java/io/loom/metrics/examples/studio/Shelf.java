package io.loom.metrics.examples.studio;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.health.HealthResult;
import io.loom.metrics.health.MetricValue;
import io.loom.metrics.health.MonitorPlugin;
import java.util.Map;
import java.util.Optional;

/** Keeps the stories that readers may come back to, and tells how many there are, as a monitor plugin. Thread-safe. */
final class Shelf implements MonitorPlugin {
    private final int places;
    private final Cache<String, Story> stories;

    Shelf(int places) {
        this.places = places;
        this.stories = Caffeine.newBuilder().maximumSize(places).build();
    }

    void put(Story story) {
        stories.put(story.id(), story);
    }

    Optional<Story> find(String id) {
        return Optional.ofNullable(stories.getIfPresent(id));
    }

    @Override
    public String name() {
        return "shelf";
    }

    @Override
    public Map<String, MetricValue> collectMetrics() {
        return Map.of(
                "narrative_shelf_stories", MetricValue.of((double) stories.estimatedSize()),
                "narrative_shelf_places", MetricValue.of(places));
    }

    /** A full shelf is no fault: the stories that are asked for least make room. */
    @Override
    public HealthResult checkHealth() {
        return HealthResult.healthy(stories.estimatedSize() + " stories on " + places + " places");
    }
}
