package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.testing.Sneaky;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CauseChainTest {
    @Test
    void has_exceptionOrOneOfItsCauses_isFound() {
        IOException root = new IOException();
        Exception outer = new IllegalStateException(new RuntimeException(root));

        assertThat(CauseChain.has(root, root::equals)).isTrue();
        assertThat(CauseChain.has(outer, root::equals)).isTrue();
        assertThat(CauseChain.has(outer, cause -> cause instanceof InterruptedException))
                .isFalse();
        assertThat(CauseChain.has(null, cause -> true)).isFalse();
    }

    @Test
    void has_causesInACircle_ends() {
        Exception circular = new Exception();
        circular.initCause(new Exception(circular));

        assertThat(CauseChain.has(circular, cause -> cause instanceof IOException))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.loom.metrics.testing.Sneaky#kinds")
    void has_exceptionWhoseCauseThrows_looksNoFurther(Throwable thrown) {
        Exception hostile = Sneaky.hostile(thrown);

        assertThat(CauseChain.has(hostile, cause -> cause instanceof IOException))
                .isFalse();
    }
}
