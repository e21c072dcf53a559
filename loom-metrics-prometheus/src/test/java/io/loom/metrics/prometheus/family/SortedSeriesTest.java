package io.loom.metrics.prometheus.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSeriesTest {
    private static final int OPERATIONS = 5_000;

    @Test
    void set_new_isEmpty() {
        SortedSeries series = new SortedSeries(2);

        assertThat(series.isEmpty()).isTrue();
        assertThat(series.any()).isNull();
        assertThat(series.find(new byte[] {1})).isNull();
        assertThat(walked(series)).isEmpty();
    }

    @Test
    void remove_anotherWithTheSameLabels_staysThere() {
        SortedSeries series = new SortedSeries(2);
        Samples first = new Nothing();
        Samples second = new Nothing();
        series.put(new byte[] {1}, first);
        series.put(new byte[] {1}, second);

        series.remove(new byte[] {1}, first);

        assertThat(series.find(new byte[] {1})).isSameAs(second);
        assertThat(walked(series)).containsExactly(second);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, SortedSeries.LEAF})
    void set_randomOperations_isThatOfASortedMap(int leafSize) {
        SortedSeries series = new SortedSeries(leafSize);
        TreeMap<byte[], Samples> expected = new TreeMap<>(Arrays::compareUnsigned);
        Random random = new Random(leafSize);
        for (int i = 0; i < OPERATIONS; i++) {
            byte[] labels = labels(random);
            if (random.nextInt(5) < 3) {
                Samples added = new Nothing();
                series.put(labels, added);
                expected.put(labels, added);
            } else if (expected.containsKey(labels)) {
                series.remove(
                        random.nextInt(4) == 0 ? labels(random) : labels,
                        expected.remove(labels)); // a wrong guess, too
            }
            assertThat(series.find(labels)).isSameAs(expected.get(labels));
            assertThat(series.isEmpty()).isEqualTo(expected.isEmpty());
            if (i % 50 == 0) {
                assertThat(walked(series)).containsExactlyElementsOf(expected.values());
            }
        }
        expected.forEach(series::remove);
        assertThat(series.isEmpty()).isTrue();
    }

    /** Few, so that they meet; of several lengths, and the empty ones of a series without labels among them. */
    private static byte[] labels(Random random) {
        byte[] labels = new byte[random.nextInt(3)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (random.nextInt(24) * 11);
        }
        return labels;
    }

    private static List<Samples> walked(SortedSeries series) {
        List<Samples> walked = new ArrayList<>();
        for (Leaf leaf : series.leaves()) {
            walked.addAll(List.of(leaf.series()));
        }
        return walked;
    }

    /** One of many that are alike: found by its identity. */
    private static final class Nothing implements Samples {
        @Override
        public Object owner() {
            return "owner";
        }

        @Override
        public void visit(Labels labels, SampleVisitor visitor) {}
    }
}
