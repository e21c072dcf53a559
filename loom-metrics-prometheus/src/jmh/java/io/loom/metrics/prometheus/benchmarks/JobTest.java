package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Job LOOM_1 = new Job("b.Scrape.loom", Map.of("lines", "1"));
    private static final Job LOOM_2 = new Job("b.Scrape.loom", Map.of("lines", "2"));
    private static final Job PEER_1 = new Job("b.Scrape.peer", Map.of("lines", "1"));
    private static final Job PEER_2 = new Job("b.Scrape.peer", Map.of("lines", "2"));

    @Test
    void inOrder_sidesOfARow_followEachOther() {
        assertThat(Job.inOrder(List.of(LOOM_1, LOOM_2, PEER_1, PEER_2), 1))
                .containsExactly(LOOM_1, PEER_1, LOOM_2, PEER_2);
    }

    @Test
    void inOrder_ofTheNextRound_beginsWithAnotherSide() {
        assertThat(Job.inOrder(List.of(LOOM_1, LOOM_2, PEER_1, PEER_2), 2))
                .containsExactly(PEER_1, LOOM_1, PEER_2, LOOM_2);
    }

    @Test
    void title_ofAJobWithParameters_hasThemInTheOrderOfTheirNames() {
        assertThat(new Job("b.Scrape.loom", Map.of("lines", "1", "gzip", "none")).title())
                .isEqualTo("b.Scrape.loom, gzip=none, lines=1");
    }

    @Test
    void isLarge_fromAHundredThousandOn() {
        assertThat(new Job("b.Scrape.loom", Map.of("lines", "100000", "gzip", "none")).isLarge())
                .isTrue();
        assertThat(new Job("b.Scrape.loom", Map.of("lines", "10000", "gzip", "none")).isLarge())
                .isFalse();
        assertThat(new Job("b.HttpEvent.loom", Map.of("strings", "equal")).isLarge())
                .isFalse();
    }
}
