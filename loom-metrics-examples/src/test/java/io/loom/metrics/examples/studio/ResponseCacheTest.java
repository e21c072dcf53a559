package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ResponseCache cache = new ResponseCache(LoomMetrics.of(registry), 10);

    @Test
    void find_sameWish_hits() {
        Story story = Story.of(Genre.HORROR, "Fog.");
        cache.put("a fog", story);

        assertThat(cache.find(Genre.HORROR, "a fog")).contains(story);
        assertThat(hits()).isEqualTo(1);
        assertThat(misses()).isZero();
    }

    @Test
    void find_otherGenreOrPrompt_misses() {
        cache.put("a fog", Story.of(Genre.HORROR, "Fog."));

        assertThat(cache.find(Genre.ROMANCE, "a fog")).isEmpty();
        assertThat(cache.find(Genre.HORROR, "A fog")).isEmpty();
        assertThat(hits()).isZero();
        assertThat(misses()).isEqualTo(2);
    }

    private double hits() {
        return registry.get("loom.cache.hits")
                .tag("cache_type", "response")
                .counter()
                .count();
    }

    private double misses() {
        return registry.get("loom.cache.misses")
                .tag("cache_type", "response")
                .counter()
                .count();
    }
}
