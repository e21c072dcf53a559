package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Sneaky;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignTest {
    @Test
    void ask_codeThatKnows_isItsAnswer() {
        assertThat(Foreign.ask(String::length, "text")).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void ask_codeThatThrows_isNull(Throwable thrown) {
        assertThat(Foreign.<Throwable, String>ask(Sneaky::raise, thrown)).isNull();
    }
}
