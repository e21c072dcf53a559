package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.examples.story.Genre;
import io.loom.metrics.examples.story.Story;
import io.loom.metrics.health.HealthResult;
import io.loom.metrics.health.MetricValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private final Shelf shelf = new Shelf(10);
    private final Story story = Story.of(Genre.HORROR, "Fog.");

    @Test
    void find_storyThatIsKept_isThere() {
        shelf.put(story);

        assertThat(shelf.find(story.id())).contains(story);
        assertThat(shelf.find("other")).isEmpty();
    }

    @Test
    void collectMetrics_ofOneStory_tellsStoriesAndPlaces() {
        shelf.put(story);
        shelf.put(story);

        assertThat(shelf.collectMetrics())
                .isEqualTo(Map.of(
                        "narrative_shelf_stories", MetricValue.of(1), "narrative_shelf_places", MetricValue.of(10)));
    }

    @Test
    void checkHealth_ofOneStory_isHealthyAndSaysHowMany() {
        shelf.put(story);

        assertThat(shelf.checkHealth()).isEqualTo(HealthResult.healthy("1 stories on 10 places"));
    }
}
