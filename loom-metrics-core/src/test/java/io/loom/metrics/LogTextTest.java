package io.loom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTest {
    @Test
    void of_anyValue_isOneShortLine() {
        assertThat(LogText.of(null)).isEqualTo("null");
        assertThat(LogText.of(-1)).isEqualTo("-1");
        assertThat(LogText.of("a\r\nb")).isEqualTo("a\\r\\nb");
        assertThat(LogText.of("x".repeat(1 << 20))).isEqualTo("x".repeat(200) + "...");
    }

    @Test
    void of_valueWhoseTextThrows_doesNotThrow() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };

        assertThat(LogText.of(hostile)).isEqualTo("a value whose text could not be had");
    }
}
