package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void saturatedSum_thatFits_isTheSum() {
        assertThat(Amounts.saturatedSum(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void saturatedSum_thatDoesNotFit_isTheLargestLong() {
        assertThat(Amounts.saturatedSum(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Amounts.saturatedSum(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void add_ofADoubleThatDoesNotFit_leavesTheLargestDouble() {
        long[] slots = new long[2];

        assertThat(Amounts.add(slots, 1, Double.MAX_VALUE)).isTrue();
        assertThat(Amounts.add(slots, 1, Double.MAX_VALUE)).isTrue();

        assertThat(Double.longBitsToDouble(slots[1])).isEqualTo(Double.MAX_VALUE);
        assertThat(slots[0]).isZero();
    }

    @Test
    void add_ofLongsByRivals_losesNothing() throws Exception {
        long[] slots = new long[1];

        Race.run(4, number -> {
            for (int i = 0; i < 20_000; i++) {
                Amounts.add(slots, 0, 3L);
            }
        });

        assertThat(slots[0]).isEqualTo(4 * 20_000 * 3);
    }

    @Test
    void add_ofDoublesByRivals_losesNothing() throws Exception {
        long[] slots = new long[1];

        Race.run(4, number -> {
            for (int i = 0; i < 20_000; i++) {
                Amounts.add(slots, 0, 0.25);
            }
        });

        assertThat(Double.longBitsToDouble(slots[0])).isEqualTo(20_000);
    }
}
