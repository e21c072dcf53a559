package io.loom.metrics.examples.studio;

import io.loom.metrics.CacheMeter;
import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import java.util.Optional;

/** Stories by what was asked for, so that the same wish costs one call. Thread-safe. */
final class ResponseCache {
    private final CacheMeter meter;
    private final BoundedMap<Wish, Story> stories;

    ResponseCache(LoomMetrics loom, int capacity) {
        this.meter = loom.cache("response");
        this.stories = new BoundedMap<>(capacity);
    }

    Optional<Story> find(Genre genre, String prompt) {
        Optional<Story> story = stories.find(new Wish(genre, prompt));
        story.ifPresentOrElse(hit -> meter.hit(), meter::miss);
        return story;
    }

    void put(String prompt, Story story) {
        stories.put(new Wish(story.genre(), prompt), story);
    }

    private record Wish(Genre genre, String prompt) {}
}
