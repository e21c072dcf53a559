package io.loom.metrics.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    private final BoundedMap<Integer, String> map = new BoundedMap<>(2);

    @Test
    void find_unknownKey_isEmpty() {
        assertThat(map.find(1)).isEmpty();
    }

    @Test
    void put_beyondCapacity_forgetsTheOldest() {
        map.put(1, "a");
        map.put(2, "b");
        map.put(3, "c");

        assertThat(map.find(1)).isEmpty();
        assertThat(map.find(2)).contains("b");
        assertThat(map.find(3)).contains("c");
    }

    @Test
    void put_knownKey_replacesTheValueAndForgetsNothing() {
        map.put(1, "a");
        map.put(2, "b");
        map.put(1, "c");

        assertThat(map.find(1)).contains("c");
        assertThat(map.find(2)).contains("b");
    }

    @Test
    void put_manyThreads_staysBounded() {
        IntStream.range(0, 100_000).parallel().forEach(i -> map.put(i % 50, "x"));
        map.put(-1, "last");

        assertThat(map.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void new_capacityZero_isRefused() {
        assertThatThrownBy(() -> new BoundedMap<>(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be at least 1: was 0");
    }
}
