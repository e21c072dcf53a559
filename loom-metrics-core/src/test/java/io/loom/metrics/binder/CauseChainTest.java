package io.loom.metrics.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

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

    @Test
    void has_exceptionWhoseCauseThrows_looksNoFurther() {
        Exception hostile = new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("no cause");
            }
        };

        assertThat(CauseChain.has(hostile, cause -> cause instanceof IOException))
                .isFalse();
    }
}
