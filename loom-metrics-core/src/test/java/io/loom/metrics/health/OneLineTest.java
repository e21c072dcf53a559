package io.loom.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void of_aTextWithBreaks_isOneLine() {
        assertThat(OneLine.of(" a\r\n\tb\u0000c\u2028d ")).isEqualTo("a b c d");
        assertThat(OneLine.of((String) null)).isEmpty();
    }

    @Test
    void of_aLongText_isCutBetweenCharacters() {
        assertThat(OneLine.of("x".repeat(500))).hasSize(500);
        assertThat(OneLine.of("x".repeat(501))).isEqualTo("x".repeat(500) + "...");
        assertThat(OneLine.of("x".repeat(499) + "\ud83d\udc32")).isEqualTo("x".repeat(499) + "...");
    }

    @Test
    void of_halfACharacter_isAQuestionMark() {
        assertThat(OneLine.of("a\ud83db")).isEqualTo("a?b");
    }

    @Test
    void of_aDuration_isShort() {
        assertThat(OneLine.of(Duration.ofMillis(800))).isEqualTo("0.8s");
        assertThat(OneLine.of(Duration.ofSeconds(90))).isEqualTo("1m30s");
    }
}
