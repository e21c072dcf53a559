package io.loom.metrics.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void of_twoCounts_keepsTheirSides() {
        assertThat(Usage.of(120, 300)).isEqualTo(new Usage(120, 300));
        assertThat(Usage.of(120, 300).promptTokens()).isEqualTo(120);
        assertThat(Usage.of(120, 300).completionTokens()).isEqualTo(300);
    }

    @Test
    void of_nonsense_isKeptForTheMeterToReject() {
        assertThat(Usage.of(-1, Long.MIN_VALUE).completionTokens()).isEqualTo(Long.MIN_VALUE);
    }
}
