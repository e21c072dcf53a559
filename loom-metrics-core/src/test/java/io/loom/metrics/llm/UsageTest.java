package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void of_twoCounts_keepsTheirSides() {
        assertThat(Usage.of(120, 300)).isEqualTo(new Usage(120, 300, 0, 0, 0));
        assertThat(Usage.of(120, 300).promptTokens()).isEqualTo(120);
        assertThat(Usage.of(120, 300).completionTokens()).isEqualTo(300);
    }

    @Test
    void with_parts_keepsTheOthers() {
        assertThat(Usage.of(120, 300).withCached(50).withCacheWrite(20).withReasoning(100))
                .isEqualTo(new Usage(120, 300, 50, 20, 100));
    }

    @Test
    void of_nonsense_isKeptForTheMeterToReject() {
        assertThat(Usage.of(-1, Long.MIN_VALUE).completionTokens()).isEqualTo(Long.MIN_VALUE);
    }
}
