package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExponentialLayoutTest {
    @Test
    void layout_schemaOutOfRange_isRefused() {
        assertThatThrownBy(() -> new ExponentialLayout(9, 160))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schema must be from 0 to 8: was 9. The larger, the finer.");
        assertThatThrownBy(() -> new ExponentialLayout(-1, 160)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void layout_bucketsOutOfRange_areRefused() {
        assertThatThrownBy(() -> new ExponentialLayout(3, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBuckets must be from 8 to 1000: was 7. 160 is usual.");
        assertThatThrownBy(() -> new ExponentialLayout(3, 1_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
