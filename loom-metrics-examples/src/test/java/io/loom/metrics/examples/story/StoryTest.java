package io.loom.metrics.examples.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoryTest {
    @Test
    void of_text_countsItsWords() {
        assertThat(Story.of(Genre.HORROR, "Agnes  heard\na whisper.").words()).isEqualTo(4);
    }

    @Test
    void of_sameTextTwice_hasTwoIds() {
        assertThat(Story.of(Genre.HORROR, "Fog.").id())
                .isNotEqualTo(Story.of(Genre.HORROR, "Fog.").id());
    }
}
