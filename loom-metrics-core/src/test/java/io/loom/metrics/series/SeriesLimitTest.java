package io.loom.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SeriesLimitTest {
    private final SeriesLimit limit = SeriesLimit.of(1_000);

    @Test
    void takeWhole_givesTheLimitAndWhatComesBack() {
        assertThat(places(limit::takeWhole)).isEqualTo(1_000);

        limit.giveWholeBack();
        assertThat(places(limit::takeWhole)).isEqualTo(1);
    }

    @Test
    void takePartial_givesTheReserveAndWhatComesBack() {
        assertThat(places(() -> limit.takePartial(1, 2, false))).isEqualTo(250);

        limit.givePartialBack();
        assertThat(places(() -> limit.takePartial(1, 2, false))).isEqualTo(1);
    }

    @Test
    void takePartial_withFewLabelsFolded_leavesTheRestToTheOthers() {
        assertThat(places(() -> limit.takePartial(1, 4, false))).isEqualTo(83);
        assertThat(places(() -> limit.takePartial(2, 4, false))).isEqualTo(166 - 83);
        assertThat(places(() -> limit.takePartial(3, 4, false))).isEqualTo(250 - 166);
    }

    @Test
    void takePartial_withAFloodedLabelLeft_leavesAStandardBudgetToTheOthers() {
        assertThat(places(() -> limit.takePartial(1, 3, true))).isEqualTo(31);
        assertThat(places(() -> limit.takePartial(2, 3, false))).isEqualTo(219);
    }

    @Test
    void takePartial_ofAVastReserve_doesNotOverflow() {
        assertThat(SeriesLimit.of(Integer.MAX_VALUE).takePartial(9, 10, false)).isTrue();
    }

    @Test
    void none_hasNoReserve() {
        assertThat(SeriesLimit.none().takeWhole()).isTrue();
        assertThat(SeriesLimit.none().takePartial(1, 2, false)).isFalse();
    }

    private static int places(BooleanSupplier take) {
        int places = 0;
        while (take.getAsBoolean()) {
            places++;
        }
        return places;
    }
}
