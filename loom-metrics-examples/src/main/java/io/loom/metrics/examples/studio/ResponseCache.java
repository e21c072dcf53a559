package io.loom.metrics.examples.studio;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.loom.metrics.CacheMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.binder.LoomStatsCounter;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import java.time.Duration;
import java.util.Optional;

/** Stories by what was asked for, so that the same wish costs one call. Thread-safe. */
final class ResponseCache {
    private final Cache<Wish, Story> stories;
    private final CacheMeter meter;

    ResponseCache(LoomMetrics loom, int capacity) {
        this.meter = loom.cache("response");
        this.stories = Caffeine.newBuilder()
                .maximumSize(capacity)
                .recordStats(() -> LoomStatsCounter.of(meter))
                .build();
        meter.entries(stories::estimatedSize);
    }

    Optional<Story> find(Genre genre, String prompt) {
        return Optional.ofNullable(stories.getIfPresent(new Wish(genre, prompt)));
    }

    void put(String prompt, Story story) {
        stories.put(new Wish(story.genre(), prompt), story);
    }

    /** Notes how long it took to write a story that was not there. */
    void loaded(Duration elapsed) {
        meter.loaded(elapsed);
    }

    private record Wish(Genre genre, String prompt) {}
}
