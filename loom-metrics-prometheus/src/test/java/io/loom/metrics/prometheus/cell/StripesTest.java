package io.loom.metrics.prometheus.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.loom.metrics.prometheus.Race;
import io.loom.metrics.spi.Stripe;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class StripesTest {
    private static final int LONGS_PER_PAIR = 2 * 64 / Long.BYTES;

    @Test
    void blocks_ofAnyWidthWhereverTheArrayLies_shareNoPairOfCacheLinesWithEachOtherNorWithWhatLiesAround() {
        for (int width = 1; width <= 300; width++) {
            int end = Stripes.allocate(width).length;
            for (int start = 0; start < LONGS_PER_PAIR; start++) {
                int before = pairOf(start - 1);
                for (int stripe = 0; stripe < Stripe.COUNT; stripe++) {
                    int first = start + Stripes.at(stripe, width);

                    assertThat(pairOf(first)).as("block of width %d", width).isGreaterThan(before);
                    before = pairOf(first + width - 1);
                }
                assertThat(pairOf(start + end)).as("end of width %d", width).isGreaterThan(before);
            }
        }
    }

    @Test
    void own_ofThreadsThatWereStartedOneAfterAnother_isOneOfTheBlocksAndNotTheSame() throws Exception {
        int width = 3;
        Set<Integer> starts = ConcurrentHashMap.newKeySet();

        Race.run(4 * Stripe.COUNT, number -> starts.add(Stripes.own(width)));

        assertThat(starts).hasSizeGreaterThan(1).allSatisfy(start -> {
            assertThat(start).isBetween(Stripes.at(0, width), Stripes.at(Stripe.COUNT - 1, width));
            assertThat((start - Stripes.at(0, width)) % (Stripes.at(1, width) - Stripes.at(0, width)))
                    .isZero();
        });
    }

    @Test
    void own_ofOneThread_isAlwaysTheSame() {
        assertThat(Stripes.own(5)).isEqualTo(Stripes.own(5));
    }

    @Test
    void sum_ofASlot_isOverAllBlocksAndOfThatSlotOnly() {
        int width = 3;
        long[] more = Stripes.allocate(width);
        for (int stripe = 0; stripe < Stripe.COUNT; stripe++) {
            more[Stripes.at(stripe, width) + 1] = stripe + 1L;
            more[Stripes.at(stripe, width) + 2] = 1_000;
        }

        assertThat(Stripes.sum(more, width, 0)).isZero();
        assertThat(Stripes.sum(more, width, 1)).isEqualTo(Stripe.COUNT * (Stripe.COUNT + 1L) / 2);
        assertThat(Stripes.sum(more, width, 2)).isEqualTo(Stripe.COUNT * 1_000L);
    }

    private static int pairOf(int slot) {
        return Math.floorDiv(slot, LONGS_PER_PAIR);
    }
}
