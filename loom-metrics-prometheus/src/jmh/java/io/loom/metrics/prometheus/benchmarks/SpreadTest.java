package io.loom.metrics.prometheus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void of_oddNumber_hasTheMiddleOneAsMedian() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void of_evenNumber_hasTheMeanOfTheMiddleTwoAsMedian() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(new Spread(5, 1, 9));
    }

    @Test
    void of_one_isThatOne() {
        assertThat(Spread.of(List.of(3.0))).isEqualTo(new Spread(3, 3, 3));
    }

    @Test
    void of_none_saysSo() {
        assertThatThrownBy(() -> Spread.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a spread needs a value: there is none");
    }

    @Test
    void ofRatios_slowRound_doesNotShow() {
        Map<Integer, Double> theirs = Map.of(1, 30.0, 2, 90.0, 3, 33.0);
        Map<Integer, Double> ours = Map.of(1, 10.0, 2, 30.0, 3, 10.0);

        assertThat(Spread.ofRatios(theirs, ours)).contains(new Spread(3, 3, 3.3));
    }

    @Test
    void ofRatios_roundOfOneOnly_isLeftOut() {
        assertThat(Spread.ofRatios(Map.of(1, 8.0, 2, 5.0), Map.of(1, 4.0))).contains(new Spread(2, 2, 2));
        assertThat(Spread.ofRatios(Map.of(2, 5.0), Map.of(1, 4.0))).isEmpty();
    }
}
