package io.loom.metrics.examples.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long GAP = 50_000_000;

    private final Pacer pacer = new Pacer(20, -7);

    @Test
    void takeNanos_severalAtOnce_spreadsThem() {
        assertThat(pacer.takeNanos(-7)).isZero();
        assertThat(pacer.takeNanos(-7)).isEqualTo(GAP);
        assertThat(pacer.takeNanos(-7)).isEqualTo(2 * GAP);
    }

    @Test
    void takeNanos_afterAQuietTime_doesNotMakeUpForIt() {
        pacer.takeNanos(-7);

        assertThat(pacer.takeNanos(100 * GAP)).isZero();
        assertThat(pacer.takeNanos(100 * GAP)).isEqualTo(GAP);
    }
}
